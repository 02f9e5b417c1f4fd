import 'server-only'
import type { AnnotationReply } from '@/lib/contract/chart/annotations'
import { DAY } from '@/lib/contract/limits'
import { endpointOf, SOURCES, type Source } from '@/lib/contract/sources'
import { iso } from '@/lib/report/range/iso-time'
import type { Span } from '@/lib/report/range/windows'
import type { Context } from '@/lib/service/context'
import type { DaySum } from '@/lib/store/lanes/calls'

/** A few failed calls are repeated and leave no trace in the numbers. */
const LEAST_FAILED = 10
const LEAST_SHARE = 0.1

interface About {
  appId: string
  source?: Source | undefined
}

/** Returns the UTC days of a range on which many calls for statistics failed. Days are how calls are counted. */
export async function upstreamErrors(
  { store, clock }: Pick<Context, 'store' | 'clock'>,
  { appId, source }: About,
  { from, to }: Span,
): Promise<AnnotationReply[]> {
  // Calls are counted by real time, which differs from the data's time in tests.
  const ahead = clock.dataS() - Math.floor(clock.wallMs() / 1_000)
  const days = { first: utcDay(from - ahead), last: utcDay(to - 1 - ahead) }
  const endpoints = (source ? [source] : SOURCES).map((one) => endpointOf(one, 'statistics'))
  const counts = await store.calls.ofDays(appId, endpoints, days)
  return [...new Set(counts.map(({ day }) => day))].flatMap((day) => {
    const error = errorOf(counts.filter((one) => one.day === day))
    if (!error) return []
    const start = Date.parse(`${day}T00:00:00Z`) / 1_000 + ahead
    const none = { source: source ?? null, text: null, id: null, author: null, editable: false, taskId: null }
    return [
      { ...none, kind: 'upstream_error' as const, at: iso(Math.max(start, from)), until: iso(start + DAY), error },
    ]
  })
}

function errorOf(counts: DaySum[]): AnnotationReply['error'] {
  const failures = counts.filter(({ code }) => code !== 0).sort((a, b) => b.count - a.count)
  const failed = sum(failures)
  const calls = sum(counts)
  const [most] = failures
  return most && failed >= LEAST_FAILED && failed >= calls * LEAST_SHARE ? { failed, calls, code: most.code } : null
}

const sum = (counts: Pick<DaySum, 'count'>[]): number => counts.reduce((all, { count }) => all + count, 0)
const utcDay = (at: number): string => iso(at).slice(0, 10)
