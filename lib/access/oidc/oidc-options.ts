import 'server-only'
import type { AuthOptions } from 'next-auth'
import { networkOf } from '@/lib/access/address'
import { sessionCookie } from '@/lib/access/cookies'
import { authSecret, freshSession, type SessionVisit } from '@/lib/access/next-auth-options'
import { SESSION_LIFE_S } from '@/lib/access/sessions'
import type { OidcProblem } from '@/lib/contract/access/oidc'
import type { Claims } from './claims'
import { reasonOf } from './failure-reason'
import { oidcProvider } from './provider'
import type { OidcSettings } from './settings'
import { OidcRefusal, signInWithOidc } from './sign-in-with-oidc'

/** The person at the provider has this long to sign in. */
const CHECKS_LIFE_S = 15 * 60

/** What next-auth's own response cannot express. `error` is a defect, for the log. */
export interface OidcOutcome {
  signedIn: boolean
  problem: OidcProblem | null
  error: unknown
}
type Deps = Omit<Parameters<typeof signInWithOidc>[0], 'network'> &
  Parameters<typeof freshSession>[0] & {
    publicUrl: URL
    /** Receives next-auth's error code and why, from a closed form: details may contain visitors' input. */
    log(code: string, reason: string): void
  }

/**
 * Builds next-auth's options for one request of single sign-on: discovery, state, nonce and PKCE are the library's. The
 * person and the session are ours, as with a password.
 */
export function oidcOptions(deps: Deps, settings: OidcSettings, visit: SessionVisit) {
  const network = networkOf(visit.address)
  const outcome: OidcOutcome = { signedIn: false, problem: null, error: null }
  const found: { claims: Claims | null; personId: string | null } = { claims: null, personId: null }
  const log = (code: unknown, detail?: unknown) => deps.log(String(code).slice(0, 60), reasonOf(detail))
  const options: AuthOptions = {
    get secret() {
      return authSecret(deps)
    },
    providers: [oidcProvider(settings, (claims) => Object.assign(found, { claims }))],
    useSecureCookies: deps.publicUrl.protocol === 'https:',
    cookies: { sessionToken: sessionCookie(deps.publicUrl), ...checkCookies(deps.publicUrl) },
    session: { strategy: 'jwt', maxAge: SESSION_LIFE_S },
    jwt: {
      encode: async ({ token }) => (typeof token?.sid === 'string' ? token.sid : ''),
      decode: async () => null,
    },
    callbacks: {
      async signIn() {
        if (found.claims) {
          const signIn = signInWithOidc({ ...deps, network }, settings, found.claims)
          found.personId = await noting(outcome, signIn)
        }
        return found.personId !== null
      },
      async jwt() {
        if (found.personId === null) return {}
        const sid = await noting(outcome, freshSession(deps, visit, found.personId, { byProvider: true }))
        outcome.signedIn = sid !== null
        return { sid }
      },
    },
    logger: { error: log, warn: log, debug: () => {} },
  }
  return { options, outcome }
}

/** Returns the result, or null after noting why there is none: next-auth would put the reason into an address. */
async function noting<T>(outcome: OidcOutcome, work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    outcome.problem = error instanceof OidcRefusal ? error.problem : 'failed'
    outcome.error = error instanceof OidcRefusal ? null : error
    return null
  }
}

/** Returns the names and options of the cookies that bind a sign-in to the browser that began it. */
export function checkCookies(publicUrl: URL) {
  const { options } = sessionCookie(publicUrl)
  const named = (what: string) => ({
    name: `${options.secure ? '__Host-' : ''}pushlens-oidc-${what}`,
    options: { ...options, maxAge: CHECKS_LIFE_S },
  })
  return {
    state: named('state'),
    nonce: named('nonce'),
    pkceCodeVerifier: named('verifier'),
    callbackUrl: named('next'),
  }
}
