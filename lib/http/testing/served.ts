import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSession } from '@/lib/access/sessions'
import { addPerson } from '@/lib/access/sign-in/add-person'
import { createToken } from '@/lib/access/tokens'
import { compose, type Running } from '@/lib/context'
import type { Role } from '@/lib/contract/roles'
import { type Env, readEnv } from '@/lib/env'

export const OWN = '1400187352'
export const ORIGIN = 'http://localhost:3000'
export type Credentials = Record<string, string>

/** A running composition on a database of its own, which the handlers of routes find. */
export interface Served {
  running: Running
  env: Env
  /** Adds a person and signs them in. Returns the headers of their requests. */
  person(name: string, app: string, role: Role): Promise<Credentials>
  token(role: Role, apps?: string[]): Promise<Credentials>
  end(): Promise<void>
}

/** Starts one. Its app is stopped, so that nothing waits for an upstream that does not exist. `more`: other variables. */
export async function served(more: Record<string, string> = {}): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'pl-served-'))
  const env = readEnv({
    DATABASE_URL: `sqlite:${folder}/pushlens.db`,
    PUBLIC_URL: ORIGIN,
    ADMIN_EMAIL: 'admin@example.com',
    ADMIN_PASSWORD: 'a lighthouse keeps no secrets 9',
    TIM_SDKAPPID: OWN,
    TIM_SECRET_KEY: 'a-secret-key-that-signs-nothing-here',
    TIM_BASE_URL: 'http://127.0.0.1:9',
    UPSTREAM_SPACING_MS: '10',
    LOG_LEVEL: 'silent',
    ...more,
  })
  const running = await compose(env)
  Object.assign(globalThis, { [Symbol.for('pushlens.running')]: Promise.resolve(running) })
  await running.ctx.store.apps.setStopped(OWN, { code: 'upstream_credential', upstreamCode: 70_009, at: 0 })
  return {
    running,
    env,
    async person(name, app, role) {
      const given = { email: `${name}@cast.example.com`, name, password: 'a lighthouse keeps no secrets 9' }
      const id = await addPerson(running.access, given, [{ app, role }])
      const session = await startSession(running.access, id, { address: 'unknown', agent: 'test' })
      return { cookie: `pl=${session.reveal()}`, origin: ORIGIN }
    },
    async token(role, apps = [OWN]) {
      const made = await createToken(running.access, {
        name: role,
        role,
        apps,
        expiresAt: null,
        by: { actor: 'test', address: null },
      })
      return { authorization: `Bearer ${made.text.reveal()}` }
    },
    async end() {
      await running.stop()
      rmSync(folder, { recursive: true })
    },
  }
}

interface Asked {
  as?: Credentials
  params?: Record<string, string>
  query?: string
  body?: unknown
  accept?: string
}
type AnyHandler = (request: Request, params: { params: Promise<Record<string, string>> }) => Promise<Response>

/** Calls the handler of a route as the front door would. */
export function call(
  handler: AnyHandler | undefined,
  method: string,
  path: string,
  asked: Asked = {},
): Promise<Response> {
  if (!handler) throw new Error(`no handler for ${method} ${path}`)
  const { as = {}, params = {}, query = '', body, accept = 'application/json' } = asked
  const filled = path.replace(/\[(\w+)\]/g, (_, name: string) => encodeURIComponent(params[name] ?? name))
  const headers = { accept, 'content-type': 'application/json', ...as }
  const init = { method, headers, body: body === undefined ? null : JSON.stringify(body) }
  return handler(new Request(`${ORIGIN}${filled}${query}`, init), { params: Promise.resolve(params) })
}
