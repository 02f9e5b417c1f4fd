import 'server-only'
import type { ReportContext } from '@/lib/service/context'

/**
 * Returns a context that reads the same days from the store once: one reply needs them for its total and for its series.
 */
export function readingDaysOnce<C extends ReportContext>(ctx: C): C {
  const { daily } = ctx.store
  const read = new Map<string, ReturnType<typeof daily.within>>()
  const within: typeof daily.within = (span) => {
    const key = [span.appId, span.source, span.from, span.to].join()
    const days = read.get(key) ?? daily.within(span)
    read.set(key, days)
    return days
  }
  return { ...ctx, store: { ...ctx.store, daily: { within } } }
}
