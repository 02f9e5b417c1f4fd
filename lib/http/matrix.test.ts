import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import Papa from 'papaparse'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addPerson } from '@/lib/access/sign-in/add-person'
import type { Running } from '@/lib/context'
import { FUNNEL_TABLES } from '@/lib/contract/funnel'
import { APP_RULES, TRACE } from './testing/app-rules'
import { AUDIT_RULES } from './testing/audit-rules'
import { BACKUP_RULES } from './testing/backup-rules'
import { PEOPLE_RULES } from './testing/people-rules'
import { SECOND_FACTOR_RULES } from './testing/second-factor-rules'
import { type Credentials, ORIGIN, OWN, type Served, served } from './testing/served'
import { addShare, addVisitor, SHARE_RULES } from './testing/share-rules'
import { TOKEN_RULES } from './testing/token-rules'
import { VIEW_RULES } from './testing/view-rules'

/** Every route × every principal × own and foreign app, without the front door. A new route without a rule fails here. */
const ROOT = resolve(import.meta.dirname, '../..')
const FOREIGN = '1600119377'
const UNKNOWN_ID = '0f7b4d6e-6c0e-4a3c-9a63-2f1f4f6f0c11'
const UNKNOWN_BACKUP = 'pushlens-20200101T000000Z.db'
/** `admin` administers one app, `owner` all apps. `share` is a visitor with the secret of a link of this app. */
const PEOPLE = ['anonymous', 'share', 'outsider', 'viewer', 'editor', 'support', 'admin', 'owner'] as const
const TOKENS = ['viewer token', 'editor token', 'support token', 'admin token', 'owner token'] as const
const ALL = [...PEOPLE, ...TOKENS] as const
type Who = (typeof ALL)[number]

interface Rule {
  query?: string
  body?: unknown
  /** The status for one's own app. Other principals get `otherwise`. */
  own: Partial<Record<Who, number>>
  otherwise: number
}

const OPEN: Rule = { own: {}, otherwise: 200 }
const NOWHERE: Rule = { own: {}, otherwise: 404 }

const NOWHERE_AT = [
  ...['GET', 'POST'].map((method) => `${method} /api/auth/[...nextauth]`),
  ...['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) => `${method} /api/[...rest]`),
]
const RULES: Record<string, Rule> = {
  ...APP_RULES,
  ...AUDIT_RULES,
  ...BACKUP_RULES,
  ...PEOPLE_RULES,
  ...SECOND_FACTOR_RULES,
  ...SHARE_RULES,
  ...TOKEN_RULES,
  ...VIEW_RULES,
  'GET /healthz': OPEN,
  'GET /readyz': OPEN,
  // No token is configured here. metrics.test.ts covers the token.
  'GET /metrics': NOWHERE,
  // No provider is configured here. oidc.test.ts covers it.
  'POST /api/auth/signin/oidc': NOWHERE,
  'GET /api/auth/callback/oidc': NOWHERE,
  'POST /api/v1/setup': {
    body: { token: 'x', email: 'a@example.com', name: 'A', password: 'long enough to pass' },
    own: {},
    otherwise: 404,
  },
  ...Object.fromEntries(NOWHERE_AT.map((route) => [route, NOWHERE])),
  'GET /api/v1/apps': { own: { anonymous: 401 }, otherwise: 200 },
}

function inventory(folder = join(ROOT, 'app')): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return inventory(path)
    return entry.name === 'route.ts' ? [relative(ROOT, path)] : []
  })
}

const routes = inventory().flatMap((file) => {
  const methods = readFileSync(join(ROOT, file), 'utf8').match(/\b(GET|HEAD|POST|PUT|PATCH|DELETE)\b/g) ?? []
  const path = `/${relative('app', file).replace(/\/route\.ts$/, '')}`
  return [...new Set(methods)].map((method) => ({ file, method, path, key: `${method} ${path}` }))
})

type Route = (typeof routes)[number]

/** Lists and reports that are requested by POST, because their request names people. */
const REPORTS_BY_POST = ['traces/bulk', 'traces/lookup', 'users/lookup'].map(
  (name) => `POST /api/v1/apps/[app]/${name}`,
)
const NO_REPORTS = ['GET /api/v1/openapi.json', 'GET /api/v1/backups/[name]']
const isReport = ({ key }: Route) =>
  (key.startsWith('GET /api/v1/') && !NO_REPORTS.includes(key)) || REPORTS_BY_POST.includes(key)

const headers = new Map<Who, Credentials>()
let env: Served
let running: Running
/** A person and a link that rules change. */
let [guest, share] = ['', '']

beforeAll(async () => {
  env = await served()
  running = env.running
  const app = await running.ctx.store.apps.get(OWN)
  if (!app) throw new Error('no app')
  await running.ctx.store.apps.upsert({ ...app, id: FOREIGN, sdkAppId: Number(FOREIGN), origin: 'interface' })
  for (const role of ['viewer', 'editor', 'support', 'admin'] as const) {
    headers.set(role, await person(role, OWN, role))
    headers.set(`${role} token`, await env.token(role))
  }
  headers.set('owner', await person('owner', '*', 'admin'))
  headers.set('owner token', await env.token('admin', ['*']))
  headers.set('outsider', await person('outsider', 'another', 'admin'))
  const given = { email: 'guest@cast.example.com', name: 'guest', password: 'a lighthouse keeps no secrets 9' }
  guest = await addPerson(running.access, given, [])
  headers.set('anonymous', {})
  headers.set('share', await addVisitor(running, OWN))
  share = await addShare(running.ctx.store, OWN)
  // As the front door writes it.
  for (const [who, sent] of headers) headers.set(who, { ...sent, 'x-pushlens-address': '192.0.2.7' })
})

// Rules may start the app, and no test waits for an upstream that does not exist.
beforeEach(() => running.ctx.store.apps.setStopped(OWN, { code: 'upstream_credential', upstreamCode: 70_009, at: 0 }))

afterAll(() => env.end())

/** Signs a person in. Tests choose the Origin themselves. */
async function person(...given: Parameters<Served['person']>): Promise<Credentials> {
  const { origin: _, ...cookie } = await env.person(...given)
  return cookie
}

async function call(route: Route, who: Who, app: string, accept = 'application/json'): Promise<Response> {
  const rule = RULES[route.key]
  const module = await import(/* @vite-ignore */ join(ROOT, route.file))
  const body = rule?.body === undefined ? null : JSON.stringify(rule.body)
  const named: Record<string, string> = {
    app,
    taskId: TRACE.taskId,
    person: guest,
    id: UNKNOWN_ID,
    name: UNKNOWN_BACKUP,
    share,
  }
  const path = route.path.replace(/\[(\w+)\]/g, (_, name: string) => named[name] ?? 'unknown')
  const url = `${ORIGIN}${path}${rule?.query ?? ''}`
  const sent = { accept, 'content-type': 'application/json', origin: ORIGIN, ...headers.get(who) }
  const request = new Request(url, { method: route.method, headers: sent, body })
  const names = [...route.path.matchAll(/\[(\w+)\]/g)].map(([, name = '']) => name)
  const params: Record<string, unknown> = Object.fromEntries(names.map((name) => [name, named[name] ?? 'unknown']))
  if (route.path.includes('[...nextauth]')) params.nextauth = ['session']
  return module[route.method](request, { params: Promise.resolve(params) })
}

test('every route has a rule, and every rule has a route', () => {
  expect(routes.map(({ key }) => key).sort()).toEqual(Object.keys(RULES).sort())
})

/** An administrator of all apps gets what one of this app gets, and so do their tokens, unless the rule says otherwise. */
function expectedOf(rule: Rule | undefined, who: Who): number | undefined {
  const same: Partial<Record<Who, Who>> = {
    share: 'anonymous',
    owner: 'admin',
    'admin token': 'admin',
    'owner token': 'owner',
  }
  for (let as: Who | undefined = who; as !== undefined; as = same[as]) {
    if (rule?.own[as] !== undefined) return rule.own[as]
  }
  return rule?.otherwise
}

describe.each(routes)('$key', (route) => {
  const rule = RULES[route.key]
  test.each(ALL)('answers %s for the own app as the table says', async (who) => {
    const answer = await call(route, who, OWN)
    expect(answer.status).toBe(expectedOf(rule, who))
  })
})

describe.each(routes.filter(({ path }) => path.includes('[app]')))('$key', (route) => {
  test.each(ALL.filter((who) => !who.startsWith('owner')))(
    'answers %s the same for a foreign and an unknown app',
    async (who) => {
      const [foreign, unknown] = [await call(route, who, FOREIGN), await call(route, who, '999')]
      expect([foreign.status, unknown.status]).toEqual(['anonymous', 'share'].includes(who) ? [401, 401] : [404, 404])
      expect(await foreign.text()).toBe(await unknown.text())
    },
  )
})

test.each(routes.filter(isReport))(
  '$key also answers as CSV: a head, and as many cells in every row',
  async (route) => {
    const answer = await call(route, 'owner', OWN, 'text/csv')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8'])
    const { data } = Papa.parse<string[]>((await answer.text()).trimEnd())
    expect(data[0]?.length).toBeGreaterThan(3)
    for (const row of data) expect(row).toHaveLength(data[0]?.length ?? 0)
  },
)

test.each(FUNNEL_TABLES)('the funnel as CSV has the table %s', async (table) => {
  const { GET } = await import('@/app/api/v1/apps/[app]/funnel/route')
  const url = `${ORIGIN}/api/v1/apps/${OWN}/funnel?interval=day&task=a_b_c&table=${table}`
  const request = new Request(url, { headers: { ...headers.get('viewer'), accept: 'text/csv' } })
  const answer = await GET(request, { params: Promise.resolve({ app: OWN }) })
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const json = new Request(url, { headers: headers.get('viewer') ?? {} })
  expect(await (await GET(json, { params: Promise.resolve({ app: OWN }) })).json()).toHaveProperty('freshness')
})

describe('a report as a file', () => {
  const FILES = [
    ['funnel', () => import('@/app/api/v1/apps/[app]/funnel/route'), 'table=vendors'],
    ['losses', () => import('@/app/api/v1/apps/[app]/losses/route'), 'range=24h'],
    ['tasks', () => import('@/app/api/v1/apps/[app]/tasks/route'), 'group=tag&table=tags'],
    ['tasks/compare', () => import('@/app/api/v1/apps/[app]/tasks/compare/route'), 'task=a_b_c,d_e_f'],
    ['tasks/growth', () => import('@/app/api/v1/apps/[app]/tasks/growth/route'), 'taskId=a_b_c'],
  ] as const
  const typeOf = (answer: Response) => [answer.headers.get('content-type'), answer.headers.get('content-disposition')]

  test.each(FILES)('%s is what the link names, and not for a link of another site', async (_, load, query) => {
    const { GET } = await load()
    const get = (format: string, site: string) => {
      const sent = { ...headers.get('viewer'), 'sec-fetch-site': site, accept: 'text/html' }
      const request = new Request(`${ORIGIN}/x?${query}${format}`, { headers: sent })
      return GET(request, { params: Promise.resolve({ app: OWN }) })
    }
    const csv = await get('&format=csv', 'same-origin')
    expect(typeOf(csv)).toEqual(['text/csv; charset=utf-8', 'attachment'])
    expect((await csv.text()).split('\r\n')[0]).toMatch(/\btz\b/)
    expect(typeOf(await get('&format=json', 'none'))).toEqual(['application/json', 'attachment'])
    expect(typeOf(await get('', 'same-origin'))).toEqual(['application/json', null])
    expect((await get('&format=pdf', 'none')).status).toBe(400)
    // A download is in the audit, so no other site may start one.
    expect((await get('&format=csv', 'cross-site')).status).toBe(403)
    expect((await get('&format=json', 'same-site')).status).toBe(403)
    expect((await get('', 'cross-site')).status).toBe(200)
  })
})

describe('a look-up by GET', () => {
  const get = async (who: Who, query: string, site?: string) => {
    const { GET } = await import('@/app/api/v1/apps/[app]/traces/route')
    const sent = { ...headers.get(who), ...(site ? { 'sec-fetch-site': site } : {}) }
    const answer = await GET(new Request(`${ORIGIN}/x?${query}`, { headers: sent }), {
      params: Promise.resolve({ app: OWN }),
    })
    return answer.status
  }
  const person = `taskId=${TRACE.taskId}&userId=${TRACE.userId}`
  const recorded = async () => (await running.ctx.store.audit.list({ limit: 1_000 })).items.length

  test('that names a user is for tokens only', async () => {
    const before = await recorded()
    expect([await get('support', person), await get('admin', person), await get('viewer', person)]).toEqual([
      405, 405, 403,
    ])
    expect(await recorded()).toBe(before)
    expect(await get('support token', person)).toBe(200)
  })

  test('by a session that another site started is refused, and writes no audit entry', async () => {
    const before = await recorded()
    const sites = ['cross-site', 'same-site', 'same-origin', 'none']
    const statuses = await Promise.all(sites.slice(0, 2).map((site) => get('support', 'pushId=elsewhere', site)))
    expect(statuses).toEqual([403, 403])
    expect(await recorded()).toBe(before)
    const own = await Promise.all(sites.slice(2).map((site) => get('support', 'pushId=elsewhere', site)))
    expect(own).toEqual([200, 200])
    expect(await get('support token', 'pushId=elsewhere', 'cross-site')).toBe(200)
  })
})

// Reads what the tests above have left in the audit.
test('the audit has the network of every request', async () => {
  const { items } = await running.ctx.store.audit.list({ limit: 1_000 })
  const asked = items.filter(({ actor }) => /^(person|token):/.test(actor))
  expect(new Set(asked.map(({ action }) => action)).size).toBeGreaterThan(30)
  expect(asked.filter(({ address }) => address !== '192.0.2.0/24')).toEqual([])
})

test('a mutation by cookie without our Origin is refused', async () => {
  const { POST } = await import('@/app/api/v1/apps/[app]/traces/lookup/route')
  for (const origin of ['http://evil.example', 'null', undefined]) {
    const sent = { 'content-type': 'application/json', ...headers.get('support'), ...(origin ? { origin } : {}) }
    const request = new Request(`${ORIGIN}/x`, { method: 'POST', headers: sent, body: JSON.stringify(TRACE) })
    const answer = await POST(request, { params: Promise.resolve({ app: OWN }) })
    expect([answer.status, (await answer.json()).code]).toEqual([403, 'bad_origin'])
  }
})
