import 'server-only'
import type { Shared } from '@/lib/access/shares/clamp-to-scope'
import { createHeldArchive, SEALED_GATEWAY } from '@/lib/archive/held-archive'
import type { ReportContext } from '@/lib/service/context'
import { createCaches } from '@/lib/service/read/caches'
import { readReceipts, receiptsKey } from '@/lib/service/read/read-receipts'
import { sharedStore } from './shared-store'

/** More entries than one page of a link needs. */
const ENTRIES = 200

/**
 * Returns what the verbs of reports read for a link: a store that knows only what the link shows, and an archive without a
 * way to call Tencent. The caches are of this page alone, because those of the process hold answers of other readers.
 */
export async function sharedContext(ctx: ReportContext, { app, question }: Shared): Promise<ReportContext> {
  const store = sharedStore(ctx, question)
  const { clock } = ctx
  const caches = createCaches(clock, ENTRIES)
  const { changes, periods } = await readReceipts(ctx, app, question.source)
  const isShown = ({ vendor }: { vendor: string }) => question.vendors?.includes(vendor) ?? true
  const history = { changes: changes.filter(isShown), periods: periods.filter(isShown) }
  caches.receipts.set(receiptsKey(app.id, question.source), {
    readAtS: question.nowS,
    revision: app.archiveRevision,
    history: Promise.resolve(history),
  })
  return {
    store,
    gateway: SEALED_GATEWAY,
    archive: createHeldArchive({ windows: store.windows, clock, fitted: ctx.archive.fitted }),
    upstreamApp: (of) => ({ ...ctx.upstreamApp(of), secretKey: noSecretKey }),
    clock,
    caches,
  }
}

async function noSecretKey(): Promise<never> {
  throw new Error('a shared view signs no call')
}
