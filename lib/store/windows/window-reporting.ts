import 'server-only'
import { DAY, HORIZON } from '@/lib/contract/limits'
import type { Source } from '@/lib/contract/sources'
import type { Channel, Vendor } from '@/lib/contract/vendors'
import type { Db } from '@/lib/store/engine/open'
import { daily } from './daily'
import { decodeCounts, type WindowCounts } from './window-rows'

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

interface Since {
  appId: string
  source: Source
  since: number
}

/** A month of hours and its days. If more exact windows are stored, the longest are enough. */
const MOST_WINDOWS = 1_000
/** All days that start within 30 days, except today. */
const WHOLE_DAYS = HORIZON.statistics / DAY - 1

/**
 * Sums the overall totals stored since then (epoch seconds) per vendor and channel. A null count adds nothing. Reads
 * the daily sums if no day is missing: 31 rows instead of a month's 800 windows, because every report needs this.
 */
export async function reporting(db: Db, asked: Since): Promise<Reported[]> {
  const { appId, source, since } = asked
  const days = await daily(db).within({ appId, source, from: since, to: since + HORIZON.statistics })
  const whole = days.filter(({ heldS }) => heldS === DAY).length >= WHOLE_DAYS
  return sum(whole ? days.map(({ counts }) => counts) : await windowsSince(db, asked))
}

/**
 * Selects stored windows that do not overlap: longest first, then latest. A window counts if at least half of it lies
 * after `since`, so that an exact window of 30 days, fetched a minute ago, still counts.
 */
async function windowsSince(db: Db, { appId, source, since }: Since): Promise<WindowCounts[]> {
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
  return apart(spans).flatMap(({ counts }) => (counts === null ? [] : decodeCounts(counts)))
}

/**
 * Returns each span that overlaps no earlier one. `taken` stays sorted by time, so that only two neighbours are
 * compared.
 */
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

function sum(windows: WindowCounts[]): Reported[] {
  const found = new Map<string, Reported>()
  for (const row of windows.flatMap(({ rows }) => rows)) {
    const key = `${row.vendor} ${row.channel}`
    const entry = found.get(key) ?? { vendor: row.vendor, channel: row.channel, sent: 0, delivered: 0, clicked: 0 }
    entry.sent += row.sent ?? 0
    entry.delivered += row.delivered ?? 0
    entry.clicked += row.clicked ?? 0
    found.set(key, entry)
  }
  return [...found.values()]
}
