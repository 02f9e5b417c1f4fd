import 'server-only'
import { type KnownPrincipal, principalKey } from '@/lib/access/principal'
import type { Waiter } from '@/lib/gateway/gateway'
import type { Context } from '@/lib/service/context'

/** A context whose requests to Tencent wait in the name of one principal. */
export interface ReaderContext extends Context {
  waiter: Waiter
}

export function asReader(ctx: Context, principal: KnownPrincipal): ReaderContext {
  const { signal } = ctx
  return { ...ctx, waiter: { principal: principalKey(principal), ...(signal ? { signal } : {}) } }
}
