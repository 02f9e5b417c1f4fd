import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { GET as openApi } from '@/app/api/v1/openapi.json/route'
import { ROUTES } from '@/app/api/v1/openapi.json/routes'
import type { ApiOperation } from '@/lib/contract/api/openapi'
import { ROLES } from '@/lib/contract/roles'
import { openApiDocument, type RouteTable } from '@/lib/http/openapi/document'
import { TRACE } from '../app-rules'
import { type Credentials, ORIGIN, OWN, type Served, served } from '../served'
import { addShare } from '../share-rules'
import { faultOf } from './check-answer'
import type { Known } from './random-input'
import { encoded, type FuzzedRequest } from './random-request'

/** No answer may take longer, also on a busy machine. */
const DEADLINE_MS = 15_000
export const SENDERS = 2 * ROLES.length + 2
export const DOCUMENT = openApiDocument(ROUTES, new URL(ORIGIN))
const TABLE: RouteTable = { ...ROUTES, '/api/v1/openapi.json': { GET: openApi } }

/** An installation with one person and one token of each role, an administrator of all apps, and a stranger. */
export interface FuzzWorld {
  served: Served
  known: Known
  /** Sends a request. Returns the status and what is wrong with the answer, or null. */
  send(request: FuzzedRequest): Promise<{ status: number; fault: string | null }>
  end(): Promise<void>
}

/** Creates one on SQLite, or on this PostgreSQL database. */
export async function fuzzWorld(database?: string): Promise<FuzzWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'pl-fuzz-'))
  const own: Record<string, string> = database
    ? { DATABASE_URL: database, MASTER_KEY: randomBytes(32).toString('base64') }
    : { BACKUP_TO: folder }
  const env = await served({ REQUEST_LIMITS: 'off', ...own })
  const senders: Credentials[] = [{}, await env.person('owner', '*', 'admin')]
  for (const role of ROLES) senders.push(await env.person(role, OWN, role), await env.token(role))
  const { store } = env.running.ctx
  const people = await store.people.list()
  const known: Known = {
    app: [OWN, OWN, OWN, '1600119377'],
    person: people.map(({ id }) => id),
    share: [await addShare(store, OWN)],
    taskId: [TRACE.taskId, 'a_b_c'],
    task: ['a_b_c', 'd_e_f'],
    userId: [TRACE.userId],
    tz: ['Asia/Shanghai', 'UTC', '+09:00', 'America/St_Johns'],
  }
  return {
    served: env,
    known,
    async send(request) {
      const operation = DOCUMENT.paths[request.path]?.[request.method.toLowerCase()]
      if (!operation) throw new Error(`no ${request.method} ${request.path}`)
      return await answerOf(request, operation, senders[request.sender] ?? {})
    },
    async end() {
      await env.end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function answerOf(asked: FuzzedRequest, operation: ApiOperation, sender: Credentials) {
  const { method, path, params, query, body } = asked
  const handler = TABLE[path.replace(/\{(\w+)\}/g, '[$1]')]?.[method as 'GET']
  if (!handler) throw new Error(`no handler of ${method} ${path}`)
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encoded(params[name] ?? ''))
  // What the request itself says comes last: a sender may carry a broken cookie.
  const headers = { ...sender, ...asked.headers }
  const request = new Request(`${ORIGIN}${filled}?${query}`, { method, headers, body })
  const over = new AbortController()
  const late = pause(DEADLINE_MS, 'late' as const, { signal: over.signal })
  late.catch(() => undefined)
  const answer = await Promise.race([handler(request, { params: Promise.resolve(params) }), late])
  over.abort()
  if (answer === 'late') return { status: 0, fault: `no answer after ${DEADLINE_MS / 1_000} s` }
  return { status: answer.status, fault: await faultOf(answer, operation) }
}
