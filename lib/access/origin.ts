import 'server-only'
import { PushlensError } from '@/lib/contract/errors'
import type { Principal } from './principal'

/**
 * For every mutation: the Origin header must be PUBLIC_URL's. Browsers always send it, so with a session cookie a
 * missing one and `null` are refused too; a program with a token sends none. Throws `bad_origin`.
 */
export function checkOrigin(origin: string | null, publicUrl: URL, principal: Principal): void {
  if (origin === publicUrl.origin) return
  const absent = origin === null || origin === 'null'
  if (!absent || principal.kind === 'person') {
    throw new PushlensError('bad_origin', 'the request comes from another site')
  }
}
