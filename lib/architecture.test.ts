import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** Who may import whom, by room. The sentence is what the author of a forbidden arrow reads. */
const MAY: Record<string, { rooms: string[]; instead: string }> = {
  contract: { rooms: [], instead: 'contract is what server and browser share: it imports no room' },
  reasons: { rooms: ['contract'], instead: 'reasons is pure: take what it needs as an argument' },
  report: { rooms: ['contract', 'reasons'], instead: 'report is pure: records in, report out' },
  timpush: { rooms: ['contract'], instead: 'timpush is only the upstream client: pass it the app and the question' },
  store: {
    rooms: ['contract'],
    instead: 'store reads and writes rows: decide what they mean in archive, access or report',
  },
  gateway: {
    rooms: ['contract', 'timpush', 'store'],
    instead: 'gateway is the one door to timpush: callers pass `storeAnswer`',
  },
  archive: { rooms: ['contract', 'report', 'store', 'gateway', 'timpush'], instead: 'archive asks through gateway' },
  access: {
    rooms: ['contract', 'report', 'store'],
    instead: 'access decides who may do what: it does not know the verbs',
  },
  service: {
    rooms: ['contract', 'report', 'reasons', 'store', 'archive', 'gateway', 'access', 'timpush', 'backup', 'messages'],
    instead: 'a verb uses archive or gateway; it never calls timpush itself',
  },
  backup: {
    rooms: ['contract', 'store'],
    instead: 'backup copies a database and stores the copy: verbs decide who may',
  },
  alert: { rooms: ['contract', 'messages'], instead: 'alert receives the facts and a function that signs' },
  http: {
    rooms: ['contract', 'access', 'service', 'context', 'messages'],
    instead: 'http maps a request to a verb, and its result to a response',
  },
  browser: { rooms: ['contract'], instead: 'browser calls /api/v1 with the schemas of contract' },
  log: { rooms: [], instead: 'the log imports no room' },
  env: {
    rooms: ['contract', 'server'],
    instead: 'env only reads the environment: the front door has parsed its own variables',
  },
  context: {
    rooms: ['contract', 'env', 'log', 'store', 'timpush', 'gateway', 'archive', 'access', 'service', 'alert', 'backup'],
    instead: 'context composes the rooms',
  },
  components: {
    rooms: ['contract', 'browser', 'components', 'messages'],
    instead: 'components only render: fetchers are in lib/browser',
  },
  app: {
    rooms: ['contract', 'http', 'service', 'browser', 'components', 'messages', 'app'],
    instead: 'a page gets its principal from lib/http and its report from a verb of lib/service',
  },
  emulator: {
    rooms: ['emulator'],
    instead: 'the emulator shares no code with Pushlens, so that one error is not made twice',
  },
  server: { rooms: ['server'], instead: 'the front door knows requests and imports no room' },
}
/** Who may import whom inside a room that has shelves. A room not listed here has none, or none with an order. */
const SHELVES: Record<string, Record<string, string[]>> = {
  report: {
    ids: [],
    range: ['ids'],
    funnel: ['range'],
    losses: ['funnel', 'range'],
    changes: ['funnel', 'losses', 'range'],
    tasks: ['ids', 'range'],
    collect: ['range', 'tasks'],
    trace: ['funnel', 'ids', 'range'],
    paste: ['ids'],
  },
  store: {
    engine: [],
    windows: ['engine'],
    lanes: ['engine'],
    tasks: ['engine'],
    people: ['engine', 'tasks'],
    transfer: ['engine'],
  },
  access: {
    keys: [],
    'second-factor': ['keys'],
    'sign-in': ['keys', 'second-factor'],
    people: ['keys', 'sign-in'],
    profile: ['keys', 'people', 'sign-in'],
    oidc: ['keys', 'sign-in'],
    shares: ['keys', 'sign-in'],
  },
  service: {
    read: [],
    annotations: ['read'],
    apps: ['read'],
    audit: ['read'],
    backups: ['read'],
    changes: ['read'],
    funnel: ['read'],
    losses: ['read'],
    reasons: ['read'],
    retention: ['read'],
    tasks: ['read'],
    lookup: ['read'],
    users: ['read'],
    system: ['read'],
    tokens: ['read'],
    views: ['read'],
    shares: ['funnel', 'losses', 'read', 'tasks'],
  },
}
/** They keep no cache of their own in a module. */
const UNCACHED = ['service', 'http', 'access', 'archive', 'gateway']
/** Rooms that are handed the clock by the composition root. */
const CLOCKED = ['access', 'alert', 'archive', 'backup', 'gateway', 'http', 'report', 'service', 'store', 'timpush']
/** What several pages share. Every other folder of components is one page's own. */
const SHARED_COMPONENTS = ['charts', 'frame', 'i18n', 'report', 'ui']
const PURE = ['contract', 'reasons', 'report']
const SERVER = ['timpush', 'store', 'gateway', 'archive', 'access', 'service', 'http', 'alert', 'backup']
const BANNED: [RegExp, string][] = [
  [/['"]use server['"]/, 'server actions: write a route handler'],
  [/['"]use cache['"]|unstable_cache|cacheComponents/, 'framework caches: windows in the archive are the cache'],
  [/draftMode|next\/og|next\/image|generateStaticParams/, 'framework features we refuse (safety rule 2)'],
  [/dangerouslySetInnerHTML|\.innerHTML\s*=/, 'HTML from strings: upstream text is text'],
  [/@ts-(ignore|nocheck|expect-error)/, 'switched-off types: fix the type'],
  [/waitForTimeout/, 'sleeps in tests: wait for what you mean'],
]

const FOLDERS = ['app', 'components', 'lib', 'emulator', 'server', 'scripts', 'e2e', 'bench']
const files = FOLDERS.flatMap((folder) => walk(join(ROOT, folder)))
const isForTests = (path: string) => /\.(test|spec)\.|^e2e\/|^bench\/|(^|\/)testing(\/|$)/.test(path)
const product = files.filter((file) => !isForTests(file))

function walk(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return walk(path)
    return /\.(ts|tsx|mts|mjs|js|css)$/.test(entry.name) ? [relative(ROOT, path)] : []
  })
}

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const lines = (file: string) => read(file).trimEnd().split('\n').length

/** `lib/store/engine/open.ts` is of room store, `lib/env-names.ts` of room env, `app/x/page.tsx` of room app. */
function roomOf(path: string): string {
  const [first = '', second = ''] = path.split('/')
  return first === 'lib' ? second.replace(/\.tsx?$/, '').replace(/^(context|env)-.*/, '$1') : first
}

/** `components/losses/drawer.tsx` is in folder losses; a path outside components is in none. */
function componentFolder(path: string): string | null {
  const [first, folder, more] = path.split('/')
  return first === 'components' && folder !== undefined && more !== undefined ? folder : null
}

/** `lib/report/range/zone.ts` is on shelf range of room report; a file at the room's root is on none. */
function shelfOf(path: string): [room: string, shelf: string | null] {
  const [first, room = '', shelf, more] = path.split('/')
  return first === 'lib' ? [room, shelf !== undefined && more !== undefined ? shelf : null] : ['', null]
}

function importsOf(file: string): { target: string; internal: boolean }[] {
  const found = read(file).matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)
  return [...found].map(([, spec = '']) => {
    if (spec.startsWith('.')) return { target: relative(ROOT, resolve(ROOT, dirname(file), spec)), internal: true }
    return spec.startsWith('@/') ? { target: spec.slice(2), internal: true } : { target: spec, internal: false }
  })
}

describe('rooms', () => {
  test('import only what the table allows', () => {
    const wrong = product.flatMap((file) => {
      const room = roomOf(file)
      const rule = MAY[room]
      if (!rule) return []
      return importsOf(file)
        .filter(({ target, internal }) => internal && roomOf(target) !== room && !rule.rooms.includes(roomOf(target)))
        .map(({ target }) => `${file} imports ${target}: ${rule.instead}`)
    })
    expect(wrong).toEqual([])
  })

  test('shelves of a room import only what the table allows, and every folder of such a room is a shelf', () => {
    const wrong = product.flatMap((file) => {
      const [room, shelf] = shelfOf(file)
      const table = SHELVES[room]
      if (!table || shelf === null) return []
      const allowed = table[shelf]
      if (!allowed) return [`${file}: ${room}/${shelf} is not in the table of shelves`]
      return importsOf(file)
        .map(({ target }) => ({ target, to: shelfOf(target) }))
        .filter(({ to }) => to[0] === room && to[1] !== null && to[1] !== shelf && !allowed.includes(to[1]))
        .map(
          ({ target }) =>
            `${file} imports ${target}: ${room}/${shelf} may use ${allowed.join(', ') || 'no other shelf'}`,
        )
    })
    expect(wrong).toEqual([])
  })

  test('a page imports no other page, and shared components import no page', () => {
    const wrong = files.flatMap((file) => {
      const folder = componentFolder(file)
      if (folder === null) return []
      return importsOf(file)
        .filter(({ target, internal }) => internal && componentFolder(target) !== null)
        .filter(({ target }) => ![...SHARED_COMPONENTS, folder].includes(componentFolder(target) ?? ''))
        .map(({ target }) => `${file} imports ${target}: move what several pages use to components/report`)
    })
    expect(wrong).toEqual([])
  })

  test('test helpers stand in testing/ and are imported by tests alone', () => {
    const wrong = product.flatMap((file) =>
      importsOf(file)
        .filter(({ target, internal }) => internal && isForTests(target))
        .map(({ target }) => `${file} imports ${target}: product code may not use a test helper`),
    )
    expect(wrong).toEqual([])
    expect(files.filter((file) => /test\.(help|data)|(^|\/|-)testing\.tsx?$/.test(file))).toEqual([])
  })

  test('pure rooms touch neither node, network nor clock', () => {
    const pure = product.filter((file) => PURE.includes(roomOf(file)) && file.startsWith('lib/'))
    const wrong = pure.filter((file) =>
      /from 'node:|Date\.now\(|\bfetch\(|new Date\(\)|process\.|server-only/.test(read(file)),
    )
    expect(wrong).toEqual([])
  })

  test('rooms that are handed the clock do not read another', () => {
    const clocked = product.filter((file) => file.startsWith('lib/') && CLOCKED.includes(roomOf(file)))
    const wrong = clocked.filter((file) => /\bDate\.now\b|new Date\(\)/.test(read(file)))
    expect(wrong.map((file) => `${file}: take the time from the clock in your dependencies`)).toEqual([])
  })

  test('what outlives a request is in the caches of the context', () => {
    const cached = product.filter((file) => file.startsWith('lib/') && UNCACHED.includes(roomOf(file)))
    const atModuleLevel = /^(export )?(const|let) .*\bnew (Map|WeakMap|LRUCache)\b/m
    const wrong = cached.filter((file) => atModuleLevel.test(read(file)))
    expect(wrong.map((file) => `${file}: add it to lib/service/read/caches.ts, with a size and a time`)).toEqual([])
  })

  test('every file of a server room begins with server-only', () => {
    const server = product.filter((file) => file.startsWith('lib/') && SERVER.includes(roomOf(file)))
    expect(server.filter((file) => !read(file).startsWith("import 'server-only'\n"))).toEqual([])
  })

  test('the environment is read in one file', () => {
    const readers = product.filter((file) => /^(lib|app|components)\//.test(file) && /process\.env/.test(read(file)))
    expect(readers).toEqual(['lib/env.ts'])
  })
})

test('refused features appear nowhere', () => {
  const wrong = files
    .filter((file) => file !== 'lib/architecture.test.ts')
    .flatMap((file) => BANNED.filter(([pattern]) => pattern.test(read(file))).map(([, why]) => `${file}: ${why}`))
  expect(wrong).toEqual([])
})

describe('size budget', () => {
  test('no file is above 300 lines', () => {
    expect(files.filter((file) => lines(file) > 300).map((file) => `${file}: ${lines(file)}`)).toEqual([])
  })

  test('median at most 70 lines, 95th percentile at most 200', () => {
    const sizes = product.map(lines).sort((a, b) => a - b)
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(70)
    expect(sizes[Math.floor(sizes.length * 0.95)]).toBeLessThanOrEqual(200)
  })
})

test('no folder holds more than 28 product files: give it shelves', () => {
  const counts = new Map<string, number>()
  for (const file of product) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1)
  expect([...counts].filter(([, count]) => count > 28)).toEqual([])
})
