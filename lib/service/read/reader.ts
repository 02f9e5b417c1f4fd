import 'server-only'
import { type KnownPrincipal, principalKey } from '@/lib/access/principal'
import type { Waiter } from '@/lib/gateway/gateway'
import type { ReportContext } from '@/lib/service/context'

/** A context whose requests to Tencent wait in the name of one principal. */
export type ReaderContext<C extends ReportContext = ReportContext> = C & { waiter: Waiter }

export function asReader<C extends ReportContext>(ctx: C, principal: KnownPrincipal): ReaderContext<C> {
  const { signal } = ctx
  return { ...ctx, waiter: { principal: principalKey(principal), ...(signal ? { signal } : {}) } }
}
