import 'server-only'
import { PushlensError } from '@/lib/contract/errors'
import type { Principal } from './principal'

/**
 * Checks the Origin header of a mutation against PUBLIC_URL. Browsers always send it, so a missing one or `null` is
 * also refused with a session cookie. Programs with a token send none. Throws `bad_origin`.
 */
export function checkOrigin(origin: string | null, publicUrl: URL, principal: Pick<Principal, 'kind'>): void {
  if (origin === publicUrl.origin) return
  const absent = origin === null || origin === 'null'
  if (!absent || principal.kind === 'person') {
    throw new PushlensError('bad_origin', 'the request comes from another site')
  }
}

/**
 * Returns where a navigation comes from. `own`: one of our pages, the address bar or a bookmark. `foreign`: a link, form
 * or script of another site. `unknown`: the client tells neither, as programs and old browsers do.
 */
export function visitOf(headers: Pick<Headers, 'get'>, publicUrl: URL): 'own' | 'foreign' | 'unknown' {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin' || site === 'none' ? 'own' : 'foreign'
  const referrer = headers.get('referer')
  if (referrer === null) return 'unknown'
  return URL.canParse(referrer) && new URL(referrer).origin === publicUrl.origin ? 'own' : 'foreign'
}

/**
 * Checks a GET that writes an audit entry and may call Tencent. A browser that follows a link from another site sends
 * the session cookie, so the visitor may not know. Programs with a token choose their requests. Throws `bad_origin`.
 */
export function checkVisit(headers: Pick<Headers, 'get'>, publicUrl: URL, principal: Principal): void {
  if (principal.kind === 'person' && visitOf(headers, publicUrl) === 'foreign') {
    throw new PushlensError('bad_origin', 'the request was started by another site')
  }
}
