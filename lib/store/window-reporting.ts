import 'server-only'
import { HORIZON } from '@/lib/contract/limits'
import type { Source } from '@/lib/contract/sources'
import type { Channel, Vendor } from '@/lib/contract/vendors'
import type { Db } from './open'
import { decodeCounts } from './window-rows'

export interface Reported {
  vendor: Vendor
  channel: Channel
  sent: number
  delivered: number
  clicked: number
}

interface Span {
  from_s: number
  to_s: number
  counts: string | null
}

/** A month of hours and its days; where more exact windows are held, the longest of them say it all. */
const MOST_WINDOWS = 1_000

/**
 * Sums per vendor and channel (an unknown count adds nothing) over a set of held overall windows that do not overlap: the
 * longest first, of equal ones the latest, each that leaves those before it alone. A window counts when at least half of
 * it lies after `since` (s), so that the exact last 30 days of a minute ago still answer.
 */
export async function reporting(
  db: Db,
  { appId, source, since }: { appId: string; source: Source; since: number },
): Promise<Reported[]> {
  const spans = await db
    .selectFrom('windows')
    .select(['from_s', 'to_s', 'counts'])
    .where('app_id', '=', appId)
    .where('source', '=', source)
    .where('metric', '=', 'statistics')
    .where('task', '=', '')
    .where('from_s', '>=', since - HORIZON.statistics)
    .where((eb) => eb(eb('from_s', '+', eb.ref('to_s')), '>=', 2 * since))
    .where('counts', 'is not', null)
    .orderBy((eb) => eb('to_s', '-', eb.ref('from_s')), 'desc')
    .orderBy('to_s', 'desc')
    .limit(MOST_WINDOWS)
    .execute()
  return sum(apart(spans).flatMap(({ counts }) => counts ?? []))
}

/** Each span that overlaps none before it. `taken` stays in order of time, so that only two neighbours are compared. */
function apart(spans: Span[]): Span[] {
  const taken: Span[] = []
  for (const span of spans) {
    let at = taken.length
    while (at > 0 && (taken[at - 1]?.from_s ?? 0) >= span.from_s) at--
    const [before, after] = [taken[at - 1], taken[at]]
    if ((before?.to_s ?? 0) <= span.from_s && (after?.from_s ?? Infinity) >= span.to_s) taken.splice(at, 0, span)
  }
  return taken
}

function sum(texts: string[]): Reported[] {
  const found = new Map<string, Reported>()
  for (const row of texts.flatMap((text) => decodeCounts(text).rows)) {
    const key = `${row.vendor} ${row.channel}`
    const entry = found.get(key) ?? { vendor: row.vendor, channel: row.channel, sent: 0, delivered: 0, clicked: 0 }
    entry.sent += row.sent ?? 0
    entry.delivered += row.delivered ?? 0
    entry.clicked += row.clicked ?? 0
    found.set(key, entry)
  }
  return [...found.values()]
}
