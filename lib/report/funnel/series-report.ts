import type { Coverage } from '@/lib/contract/freshness'
import type { BucketReply } from '@/lib/contract/funnel'
import { HORIZON, HOUR } from '@/lib/contract/limits'
import type { Counts, StatisticsRecord, VendorCounts } from '@/lib/contract/records'
import { addOrNull } from '@/lib/report/null-sums'
import { iso } from '@/lib/report/range/iso-time'
import { coverageOf, type Span, stateOfWindow } from '@/lib/report/range/windows'
import type { Bucket, SeriesPlan } from './series'

/** The fields of a stored window that a series needs. */
export interface Piece extends Span {
  /** Epoch seconds. */
  fetchedAt: number
  final: boolean
  counts: Omit<StatisticsRecord, 'task'> | null
}

/** Finds the stored window of exactly this span. */
export type HeldOf = (span: Span) => Piece | undefined

/** A bucket with its vendors' rows, before rates. */
export interface SeriesBucket extends Omit<BucketReply, 'rates' | 'vendors'> {
  rows: VendorCounts[]
}

export interface SeriesReport {
  series: SeriesBucket[]
  coverage: Coverage
  /** The sum of all held buckets; null when none is held or one of them has no record. */
  sum: Omit<StatisticsRecord, 'task'> | null
  /** The held buckets, and their total length in seconds. */
  spans: Span[]
  seconds: number
  /** Epoch seconds of the oldest fetch in `sum`. */
  asOf: number | null
}

/**
 * Fills each bucket from the archive: its own window, else windows that fill it without gap or overlap. A bucket with a
 * hole is not held and has no counts: part of a day must not be drawn as the whole day.
 */
export function seriesReport(
  { buckets }: SeriesPlan,
  held: HeldOf,
  { nowS, queued }: { nowS: number; queued: (span: Span) => boolean },
): SeriesReport {
  const found = buckets.map((bucket) => ({ bucket, pieces: piecesOf(bucket, held) }))
  const series = found.map(({ bucket, pieces }) => bucketReport(bucket, pieces, { nowS, queued }))
  const states = found.map(({ bucket }, i) => ({ ...bucket, state: series[i]?.state ?? 'missing' }))
  const heldBuckets = found.flatMap(({ bucket, pieces }) => (pieces ? [{ bucket, pieces }] : []))
  const pieces = heldBuckets.flatMap((one) => one.pieces)
  return {
    series,
    coverage: coverageOf(states),
    sum: sumPieces(pieces),
    spans: heldBuckets.map(({ bucket: { from, to } }) => ({ from, to })),
    seconds: heldBuckets.reduce((sum, { bucket }) => sum + bucket.to - bucket.from, 0),
    asOf: oldest(pieces),
  }
}

/** Returns the days, or the hours of a plan by hour, that no stored window answers. */
export function spansNotHeld({ buckets }: SeriesPlan, held: HeldOf): Span[] {
  return buckets
    .filter((bucket) => piecesOf(bucket, held) === null)
    .flatMap(({ from, to, days }) =>
      days.length === 0 ? [{ from, to }] : days.filter((day) => ownOrHours(day, held) === null),
    )
}

function piecesOf(bucket: Bucket, held: HeldOf): Piece[] | null {
  const own = ownOrHours(bucket, held)
  if (own || bucket.days.length <= 1) return own
  return allOf(bucket.days.map((day) => ownOrHours(day, held)))
}

function ownOrHours(span: Span, held: HeldOf): Piece[] | null {
  const own = held(span)
  if (own) return [own]
  if (span.from % HOUR !== 0 || span.to % HOUR !== 0) return null
  const pieces: Piece[] = []
  for (let from = span.from; from < span.to; from += HOUR) {
    const hour = held({ from, to: from + HOUR })
    if (!hour) return null
    pieces.push(hour)
  }
  return pieces
}

function allOf(parts: (Piece[] | null)[]): Piece[] | null {
  const known = parts.filter((part) => part !== null)
  return known.length === parts.length ? known.flat() : null
}

const UNKNOWN: Counts = { sendable: null, sent: null, delivered: null, clicked: null }

function bucketReport(
  { from, to, days }: Bucket,
  pieces: Piece[] | null,
  { nowS, queued }: { nowS: number; queued: (span: Span) => boolean },
): SeriesBucket {
  const asOf = oldest(pieces ?? [])
  const final = pieces?.every((piece) => piece.final) ?? false
  const sum = pieces && sumPieces(pieces)
  const facts = {
    heldFetchedAt: asOf,
    final,
    queued: [{ from, to }, ...days].some(queued),
    horizon: HORIZON.statistics,
    nowS,
  }
  return {
    from: iso(from),
    to: iso(to),
    state: stateOfWindow({ from, to, ...facts }),
    final,
    asOf: asOf === null ? null : iso(asOf),
    ...countsOf(sum?.total ?? UNKNOWN),
    rows: sum?.rows ?? [],
  }
}

export const countsOf = ({ sendable, sent, delivered, clicked }: Counts): Counts => ({
  sendable,
  sent,
  delivered,
  clicked,
})

function oldest(pieces: Piece[]): number | null {
  return pieces.length > 0 ? Math.min(...pieces.map(({ fetchedAt }) => fetchedAt)) : null
}

/**
 * Sums the counts of disjoint windows. One unknown count makes its sum unknown. A vendor without a row in one window
 * had nothing there. Null where a window has no record.
 */
export function sumPieces(pieces: Pick<Piece, 'counts'>[]): Omit<StatisticsRecord, 'task'> | null {
  const records = pieces.flatMap(({ counts }) => counts ?? [])
  const [first] = records
  if (!first || records.length < pieces.length) return null
  if (records.length === 1) return first
  const total = { ...first.total }
  const vendors = new Map<string, VendorCounts>()
  for (const record of records) {
    if (record !== first) add(total, record.total)
    for (const row of record.rows) {
      const key = `${row.vendor} ${row.channel}`
      const sum = vendors.get(key)
      if (sum) add(sum, row)
      else vendors.set(key, { ...row })
    }
  }
  return { total, rows: [...vendors.values()] }
}

/** Adds in place: a year has some thousand rows. */
function add(sum: Counts, more: Counts): void {
  sum.sendable = addOrNull(sum.sendable, more.sendable)
  sum.sent = addOrNull(sum.sent, more.sent)
  sum.delivered = addOrNull(sum.delivered, more.delivered)
  sum.clicked = addOrNull(sum.clicked, more.clicked)
}
