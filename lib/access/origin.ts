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
