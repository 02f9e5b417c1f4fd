import type { Coverage } from '@/lib/contract/freshness'
import { HOUR } from '@/lib/contract/limits'
import { type LossRecord, type LossRow, STAGES_OF_LOSS } from '@/lib/contract/records'
import { addOrNull } from '@/lib/report/null-sums'
import { iso } from './iso-time'
import type { Span } from './windows'

/**
 * Windows side by side, in order: the longest first, of equal ones the later fetched, each that leaves those before it
 * alone. So nothing is counted twice, and a day goes before its hours.
 */
export function disjointWindows<T extends Span & { fetchedAt: number }>(windows: readonly T[]): T[] {
  const longest = [...windows].sort((a, b) => b.to - b.from - (a.to - a.from) || b.fetchedAt - a.fetchedAt)
  const taken: T[] = []
  for (const one of longest) {
    const at = placeOf(taken, one.from)
    const [before, after] = [taken[at - 1], taken[at]]
    if ((before?.to ?? 0) <= one.from && (after?.from ?? Infinity) >= one.to) taken.splice(at, 0, one)
  }
  return taken
}

/** Where in a list in order of time something that begins then belongs: a year of hours is looked through by halves. */
function placeOf(taken: readonly Span[], from: number): number {
  let [low, high] = [0, taken.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((taken[middle]?.from ?? 0) < from) low = middle + 1
    else high = middle
  }
  return low
}

/** What of `[from, to)` no tile stands for; tiles in order, as `disjointWindows` gives them. */
export function uncoveredSpans(tiles: readonly Span[], { from, to }: Span): Span[] {
  const gaps: Span[] = []
  let at = from
  for (const tile of tiles) {
    const end = Math.min(tile.from, to)
    if (end > at) gaps.push({ from: at, to: end })
    at = Math.max(at, tile.to)
  }
  if (at < to) gaps.push({ from: at, to })
  return gaps
}

/** Cover in hours; a gap Tencent has forgotten is parted from one that can still be asked for. */
export function coverageOfGaps(span: Span, gaps: readonly Span[], earliest: number, asked: boolean): Coverage {
  const open = gaps.reduce((sum, { from, to }) => sum + to - from, 0)
  const whole = span.to - span.from
  const parts = gaps.flatMap(({ from, to }) => [
    { from, to: Math.min(to, Math.max(from, earliest)), state: 'expired' as const },
    { from: Math.max(from, Math.min(to, earliest)), to, state: asked ? ('pending' as const) : ('missing' as const) },
  ])
  return {
    held: Math.floor((whole - open) / HOUR),
    expected: Math.ceil(whole / HOUR),
    missing: parts
      .filter(({ from, to }) => from < to)
      .map(({ from, to, state }) => ({ from: iso(from), to: iso(to), state })),
  }
}

/**
 * Losses of windows side by side, or of several tasks, as one record. A stage's total has one text per code, the most
 * frequent, as Tencent gives it of one window. An array that one of them lacks is lacking, and an unknown count unknown.
 */
export function mergeLosses(task: string, records: readonly LossRecord[]): LossRecord {
  const [only] = records
  if (only && records.length === 1) return { ...only, task }
  const rows = new Map<string, LossRow>()
  for (const row of records.flatMap((record) => record.rows)) {
    const key = JSON.stringify([row.stage, row.vendor, row.channel, row.code, row.text])
    const before = rows.get(key)
    const count = before ? addOrNull(before.count, row.count) : row.count
    rows.set(key, { ...row, count })
  }
  const absent = records.flatMap((record) => record.absent)
  return {
    task,
    rows: oneText([...rows.values()]),
    absent: absent.filter(
      (gap, at) => absent.findIndex(({ stage, by }) => stage === gap.stage && by === gap.by) === at,
    ),
  }
}

function oneText(rows: LossRow[]): LossRow[] {
  const totals = STAGES_OF_LOSS.flatMap((stage) => {
    const own = rows.filter((row) => row.stage === stage && row.vendor === null)
    return [...new Set(own.map(({ code }) => code))].map((code) => {
      const texts = own.filter((row) => row.code === code).sort((a, b) => (b.count ?? -1) - (a.count ?? -1))
      const count = texts.map((row) => row.count).reduce(addOrNull, 0)
      return { stage, vendor: null, channel: null, code, text: texts[0]?.text ?? '', count }
    })
  })
  return [...totals, ...rows.filter(({ vendor }) => vendor !== null)]
}
