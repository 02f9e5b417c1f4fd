import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readEnv } from '@/lib/env'
import { commandNames } from '../cli'
import { describedNames, LOCALES, type Locale, variableNames, withTables } from './configuration'
import { fencesOf, shownIn } from './fences'
import { configurationPage, folder, pages } from './pages'
import { differences, newPlace, type Place, runShown } from './run'

const ROOT = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const inEnglish = ['README.md', 'SECURITY.md', ...pages('en').map((page) => `docs/${page}`)]
const everywhere = [...inEnglish, ...pages('zh-CN').map((page) => `docs/zh-CN/${page}`)]

/** Commands that pages show in `sh` fences and no test runs, by their beginning, with the reason. */
const NOT_RUN: Record<string, string> = {
  'git clone': 'needs the network and the repository',
  'git pull': 'needs the network and the repository',
  'git checkout': 'changes the checkout that the test runs in',
  'npm ci --include=dev': 'is the installation that the test itself runs on',
  'npm run build': 'is the build that e2e runs on',
  'npm run up': 'serves until it is stopped: `npm run bench -- up` runs it on a bare checkout',
  systemctl: 'needs systemd and its rights',
  journalctl: 'needs systemd',
  docker: 'needs Docker: e2e/image.spec.ts runs the steps of the Dockerfile without it',
  'echo DOMAIN=push.example.com': 'changes .env of the checkout that the test runs in',
  runuser: 'needs the user of the service',
  pg_dump: 'is a tool of PostgreSQL',
  dropdb: 'is a tool of PostgreSQL',
  createdb: 'is a tool of PostgreSQL',
  pg_restore: 'is a tool of PostgreSQL',
  'npm run cli -- restore --from': 'runs in a console fence of docs/operate/backup.md',
  'npm run cli -- db copy --to postgres': 'needs PostgreSQL; a copy to SQLite runs in docs/operate/replicas.md',
}
/** The administrator of the examples. An installation in use has one, so most pages do not show how to add one. */
const ADD_ANA = 'npm run cli -- user add --email ana@example.com --role admin'
/** Fences of files for other programs. No test opens them with those programs. */
const FOR_OTHERS = ['nginx', 'caddyfile', 'ini', 'yaml', 'text', 'html']

let place: Place
beforeAll(() => {
  place = newPlace()
})
afterAll(() => place.remove())

test('every variable is described, and no other', () => {
  expect(describedNames().sort()).toEqual(variableNames().sort())
})

test.each(LOCALES)('the configuration in %s is as `npm run documents` writes it', (locale) => {
  const page = readFileSync(configurationPage(locale), 'utf8')
  expect(page === withTables(page, locale), 'stale: run npm run documents').toBe(true)
})

describe.each(everywhere)('%s', (file) => {
  const fences = fencesOf(read(file))

  test('shows commands only in fences that are run, or that say why not', () => {
    const wrong = fences.flatMap(({ language, lines, line }) => {
      if (['console', 'env', ...FOR_OTHERS].includes(language)) return []
      if (language !== 'sh') return [`line ${line}: no rule for a fence of ${language || 'no language'}`]
      const unknown = lines.filter((text) => text && !Object.keys(NOT_RUN).some((start) => text.startsWith(start)))
      return unknown.map((text) => `line ${line}: use a console fence, or say why it is not run: ${text}`)
    })
    expect(wrong).toEqual([])
  })

  test('shows variables that Pushlens accepts', () => {
    for (const { lines } of fences.filter(({ language }) => language === 'env')) {
      const pairs = lines.filter((line) => !line.startsWith('#')).map((line) => line.split(/=(.*)/s).slice(0, 2))
      expect(() =>
        readEnv(Object.fromEntries(pairs.map(([name, value = '']) => [name, place.here(value)]))),
      ).not.toThrow()
    }
  })

  test('names only commands that exist', () => {
    const named = [...read(file).matchAll(/npm run cli -- ([a-z-]+(?: [a-z-]+)*)/g)].map(([, words = '']) => words)
    const wrong = named.filter((words) => !commandNames().some((name) => `${words} `.startsWith(`${name} `)))
    expect(wrong).toEqual([])
  })

  test('links to files and headings that exist', () => {
    const links = [...read(file).matchAll(/(?:\]\(|src=")(?!https?:)([^)"\s]*?)(?:#([^)"]*))?[)"]/g)]
    const wrong = links.flatMap(([link, path = '', anchor]) => {
      const target = path === '' ? file : relative(ROOT, join(ROOT, dirname(file), path))
      if (!existsSync(join(ROOT, target))) return [link]
      return anchor === undefined || anchorsOf(target).includes(anchor) ? [] : [link]
    })
    expect(wrong).toEqual([])
  })
})

describe.each(inEnglish.filter((file) => consoleOf(file).length > 0))('the commands in %s', (file) => {
  // A page has up to fifteen commands, and some of them start npm.
  test('print what the page shows', { timeout: 60_000 }, async () => {
    const own = newPlace()
    try {
      const shown = consoleOf(file)
      if (!shown.some(({ command }) => command === ADD_ANA)) await runShown(ADD_ANA, own)
      expect(await differences(shown, (command) => runShown(command, own))).toEqual([])
    } finally {
      own.remove()
    }
  })
})

test.each(LOCALES)('the messages in the table of problems in %s are those that Pushlens shows', (locale) => {
  const shown = [
    ...textsBelow(`messages/${locale}`),
    ...textsBelow('scripts'),
    ...textsBelow('lib'),
    ...textsBelow('server'),
  ]
  const page = readFileSync(join(folder(locale), 'operate/troubleshooting.md'), 'utf8')
  const tables = page.split(/\n{2,}/).filter((part) => /^\| (message|提示) \|/.test(part))
  expect(tables.length).toBeGreaterThanOrEqual(4)
  const messages = tables.flatMap((table) => table.split('\n').slice(2)).map((row) => row.split('|')[1]?.trim() ?? '')
  const isShown = (part: string) => shown.some((text) => text.includes(part.trim()))
  expect(messages.filter((message) => !message.split('…').every(isShown))).toEqual([])
})

test('the pictures are small enough for a page', () => {
  const pictures = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    /png$/.test(file),
  )
  expect(pictures.length).toBeGreaterThanOrEqual(6)
  expect(pictures.filter((file) => statSync(join(ROOT, 'docs', file)).size > 250 * 1_024)).toEqual([])
})

describe('the languages', () => {
  test('have the same pages', () => {
    expect(pages('zh-CN')).toEqual(pages('en'))
  })

  test.each(pages('en'))('%s has the same headings, commands and variables in all', (page) => {
    const shapes = LOCALES.map((locale) => shapeOf(locale, page))
    expect(shapes[1]).toEqual(shapes[0])
  })
})

/** Returns the commands of a page that run here. Those for a server run in e2e/documents.spec.ts. */
function consoleOf(file: string) {
  const fences = fencesOf(read(file)).filter(({ language, info }) => language === 'console' && info !== 'server')
  return fences.flatMap(shownIn)
}

/** What a translation keeps: the levels of its headings, its fences, and the length of its tables. */
function shapeOf(locale: Locale, page: string) {
  const text = readFileSync(join(folder(locale), page), 'utf8')
  const fences = fencesOf(text).map(({ language, info, lines }) => {
    const kept = lines.filter((line) => !line.startsWith('#'))
    return { language, info, lines: language === 'text' ? [] : kept }
  })
  const headings = (withoutFences(text).match(/^#+ /gm) ?? []).map((marks) => marks.length - 1)
  return { headings, fences, rows: text.split('\n').filter((line) => line.startsWith('|')).length }
}

/** Returns the text of the code and messages below a folder, without tests. */
function textsBelow(path: string): string[] {
  return readdirSync(join(ROOT, path), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(json|ts|mjs)$/.test(file) && !/\.test\.|documents\//.test(file))
    .map((file) => read(join(path, file)))
}

/** Returns the anchors that GitHub gives to the headings of a page. */
function anchorsOf(file: string): string[] {
  const headings = withoutFences(read(file)).matchAll(/^#+ (.*)$/gm)
  return [...headings].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- ]/gu, '')
      .replaceAll(' ', '-'),
  )
}

function withoutFences(page: string): string {
  return page.replace(/^```[\s\S]*?^```/gm, '')
}
