import 'server-only'
import { sessionCookie } from '@/lib/access/cookies'
import { checkOrigin } from '@/lib/access/origin'
import { type Principal, principalOf } from '@/lib/access/principal'
import type { Running } from '@/lib/context'
import { addressOf } from './address'
import { countAddress, countPrincipal } from './request-limit'

/**
 * Returns who sends this request, and counts it against their limit. An invalid bearer throws `not_signed_in`; an invalid
 * cookie is anonymous. Throws `too_many`.
 */
export async function requestPrincipal(running: Running, request: Request): Promise<Principal> {
  const principal = await countedPrincipal(running, request).catch((error: unknown) => {
    countAddress(running, request)
    throw error
  })
  if (principal.kind === 'anonymous') countAddress(running, request)
  else countPrincipal(running, principal)
  return principal
}

/** Does the same without counting, for a request that was counted before. */
export function countedPrincipal({ access, publicUrl }: Running, request: Request): Promise<Principal> {
  return principalOf(access, {
    session: cookieOf(request.headers.get('cookie'), sessionCookie(publicUrl).name),
    authorization: request.headers.get('authorization'),
    address: addressOf(request.headers),
  })
}

/** Does the same for a mutation. With a cookie, the request must have our own Origin. */
export async function mutatingPrincipal(running: Running, request: Request): Promise<Principal> {
  const principal = await requestPrincipal(running, request)
  checkOrigin(request.headers.get('origin'), running.publicUrl, principal)
  return principal
}

/**
 * Returns the value of a cookie by its exact name; null where it is absent, or there twice. A browser sends two only if
 * another host or path has set one, and nobody can tell which is ours.
 */
export function cookieOf(header: string | null, name: string): string | null {
  const values = (header ?? '').split(';').flatMap((part) => {
    const at = part.indexOf('=')
    return at > 0 && part.slice(0, at).trim() === name ? [part.slice(at + 1).trim()] : []
  })
  return values.length === 1 ? (values[0] ?? null) : null
}
