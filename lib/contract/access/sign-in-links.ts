import { PATHS } from '../paths'
import type { OidcProblem } from './oidc'

/** Links around the sign-in. `next` is the page to open afterwards: a path of this server with its query. */

const MAX_NEXT = 4_096
/** A browser reads these as parts of a path: empty, `.` and `..`. */
const STRANGE_SEGMENT = /\/\/|\/\.{1,2}(\/|$)|[\\\p{Cc}]/u

/**
 * Returns the address of a page of this server, without its fragment; else `/`. Refuses other hosts (`//host`, `/\host`,
 * a tab between the slashes) and the API, whose downloads are in the audit.
 */
export function ownPath(next: unknown): string {
  if (typeof next !== 'string' || next.length > MAX_NEXT || !/^\/[!-~]*$/.test(next)) return PATHS.overview
  const [address = ''] = next.split('#')
  const path = decoded(address.split('?')[0] ?? '')
  if (path === null || STRANGE_SEGMENT.test(path) || /^\/api(\/|$)/.test(path)) return PATHS.overview
  return address
}

/** Returns the page that a request asked for, without what the framework's browser code adds. */
export function askedPath(target: string | null): string {
  const [path = '', query = ''] = (target ?? '').split('?')
  const kept = query.split('&').filter((field) => field !== '' && !/^_rsc(=|$)/.test(field))
  return ownPath(kept.length === 0 ? path : `${path}?${kept.join('&')}`)
}

/** Links to a page in front of all others. Single sign-on that failed says why. */
export function signInHref(next: string, problem?: OidcProblem): string {
  return withNext(PATHS.signIn, next, problem === undefined ? {} : { problem })
}

/** Links to the set-up of a second factor, which a role can require before everything else. */
export function dueSetUpHref(next: string): string {
  return withNext(PATHS.secondFactorSetup, next)
}

/** Returns the address to which the button of single sign-on posts. */
export function startOidcHref(next: string): string {
  return withNext('/api/auth/signin/oidc', next)
}

/** The overview is where a sign-in ends without `next`. */
function withNext(path: string, next: string, fields: Record<string, string> = {}): string {
  const query = new URLSearchParams(next === PATHS.overview ? fields : { ...fields, next }).toString()
  return query === '' ? path : `${path}?${query}`
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}
