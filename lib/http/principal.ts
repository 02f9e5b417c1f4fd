import 'server-only'
import { sessionCookie } from '@/lib/access/cookies'
import { checkOrigin } from '@/lib/access/origin'
import { type Principal, principalOf } from '@/lib/access/principal'
import type { Running } from '@/lib/context'

/** Who sends this request; a bad bearer is an error, a cookie that opens nothing is nobody. */
export function requestPrincipal({ access, publicUrl }: Running, request: Request): Promise<Principal> {
  return principalOf(access, {
    session: cookieOf(request.headers.get('cookie'), sessionCookie(publicUrl).name),
    authorization: request.headers.get('authorization'),
  })
}

/** As above, for a mutation: from a cookie it needs our own Origin. */
export async function mutatingPrincipal(running: Running, request: Request): Promise<Principal> {
  const principal = await requestPrincipal(running, request)
  checkOrigin(request.headers.get('origin'), running.publicUrl, principal)
  return principal
}

/** The value of a cookie by its exact name; null where it is absent. */
export function cookieOf(header: string | null, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return null
}
