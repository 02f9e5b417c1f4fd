import 'server-only'
import type { AuthOptions } from 'next-auth'
import { isPushlensError, PushlensError } from '@/lib/contract/errors'
import { networkOf } from './address'
import { byOf, recordAuditAs } from './audit'
import { sessionCookie, setDeviceCookie } from './cookies'
import type { AccessDeps } from './deps'
import { deriveKey } from './keys/master-key'
import { endSession, findDueSession, findSession, SESSION_LIFE_S, startSession, type Visit } from './sessions'
import { signIn } from './sign-in/sign-in'

const SIGN_IN_PAGE = '/sign-in'
/** The only requests that reach next-auth. Its own pages, log and session endpoint stay closed. */
const ACTIONS = ['GET csrf', 'POST callback/credentials', 'POST signout']

/** A visit with the value of the session cookie, read by its exact name. */
export interface SessionVisit extends Visit {
  session: string | null
}
/** A visit with the device cookie too. */
export interface AuthVisit extends SessionVisit {
  device: string | null
}
/**
 * What next-auth's own response can't express. If a sign-in leaves neither person nor error, its CSRF token was
 * missing.
 */
export interface AuthOutcome {
  personId: string | null
  error: PushlensError | null
  setCookies: string[]
}
type Deps = Omit<AccessDeps, 'tokens'> & {
  publicUrl: URL
  /** Receives next-auth's error codes. Their details may contain visitors' input and are dropped. */
  log(code: string): void
}

/**
 * Returns whether next-auth may handle the request. `path` follows `/api/auth/`. Other requests get 404 before next-
 * auth.
 */
export function isAuthAction(method: string, path: string[]): boolean {
  return ACTIONS.includes(`${method} ${path.join('/')}`)
}

/**
 * Builds next-auth's options for one request. The cookie holds the session id alone, so ending the row ends the
 * session.
 */
export function nextAuthOptions(deps: Deps, visit: AuthVisit): { options: AuthOptions; outcome: AuthOutcome } {
  const outcome: AuthOutcome = { personId: null, error: null, setCookies: [] }
  const log = (code: unknown) => deps.log(typeof code === 'string' ? code.slice(0, 60) : 'UNKNOWN')
  const options: AuthOptions = {
    get secret() {
      return authSecret(deps)
    },
    providers: [credentials(deps, visit, outcome)],
    pages: { signIn: SIGN_IN_PAGE, signOut: SIGN_IN_PAGE, error: SIGN_IN_PAGE, verifyRequest: SIGN_IN_PAGE },
    useSecureCookies: deps.publicUrl.protocol === 'https:',
    cookies: { sessionToken: sessionCookie(deps.publicUrl) },
    session: { strategy: 'jwt', maxAge: SESSION_LIFE_S },
    jwt: {
      encode: async ({ token }) => (typeof token?.sid === 'string' ? token.sid : ''),
      // next-auth joins all cookies that begin with the name, so use the one that was read by its exact name.
      decode: async () => {
        if (visit.session === null) return null
        const found = (await findSession(deps, visit.session)) ?? (await findDueSession(deps, visit.session))
        return found && { sid: visit.session, sub: found.personId }
      },
    },
    callbacks: {
      jwt: async ({ token, user }) => (user ? { sid: await freshSession(deps, visit, user.id) } : token),
    },
    events: { signOut: ({ token }) => endVisit(deps, visit, token?.sub) },
    logger: { error: log, warn: log, debug: () => {} },
  }
  return { options, outcome }
}

/** Returns the key under which next-auth encrypts its short-lived cookies. */
export function authSecret({ master }: Pick<Deps, 'master'>): string {
  return deriveKey(master, 'next-auth').export().toString('base64url')
}

function credentials(deps: Deps, visit: AuthVisit, outcome: AuthOutcome): AuthOptions['providers'][number] {
  return {
    id: 'credentials',
    name: 'credentials',
    type: 'credentials',
    credentials: { email: {}, password: {}, code: {} },
    async authorize(given) {
      try {
        const { address, device } = visit
        const code = text(given?.code) || null
        const attempt = { email: text(given?.email), password: text(given?.password), code, address, device }
        const person = await signIn(deps, attempt)
        outcome.personId = person.personId
        outcome.setCookies.push(setDeviceCookie(deps.publicUrl, person.device.reveal()))
        return { id: person.personId, name: person.name, email: person.email }
      } catch (error) {
        outcome.error = isPushlensError(error) ? error : signInFailed(error)
        // next-auth puts this message into a URL, so it is only the code.
        throw new Error(outcome.error.code)
      }
    },
  }
}

/** Creates a new session at each sign-in and ends the browser's earlier one. `options` are those of `startSession`. */
export async function freshSession(
  deps: Pick<Deps, 'sessions' | 'clock' | 'people' | 'secondFactors' | 'settings'>,
  visit: SessionVisit,
  personId: string,
  options: { byProvider?: boolean } = {},
): Promise<string> {
  if (visit.session !== null) await endSession(deps, visit.session)
  const id = await startSession(deps, personId, visit, options)
  return id.reveal()
}

async function endVisit(deps: Deps, visit: AuthVisit, personId: string | undefined): Promise<void> {
  if (visit.session === null || !personId) return
  await endSession(deps, visit.session)
  const by = byOf({ kind: 'person', id: personId, network: networkOf(visit.address) })
  await recordAuditAs(deps, { ...by, action: 'sign_out' })
}

function text(given: unknown): string {
  return typeof given === 'string' ? given : ''
}

function signInFailed(cause: unknown): PushlensError {
  return new PushlensError('internal', 'the sign-in failed', undefined, { cause })
}
