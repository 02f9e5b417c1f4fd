import { bucketStateOf, runsOf } from '@/components/charts/points'
import { distinctMinute } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { stripControls } from '@/components/ui/strip-controls'
import type { AnnotationReply } from '@/lib/contract/chart/annotations'
import type { BucketReply, FunnelReply } from '@/lib/contract/funnel'

/** A numbered note on the chart. `annotation` is null for a gap, which the series itself shows. */
export interface ChartNote {
  n: number
  /** The index of its bucket. */
  i: number
  at: string
  text: string
  annotation: AnnotationReply | null
}

type Series = readonly BucketReply[]

/** Numbers the notes, failed calls and gaps of the chart in order of time. Campaigns have names instead of numbers. */
export function chartNotes(reply: FunnelReply, annotations: readonly AnnotationReply[], words: Words): ChartNote[] {
  const { series, range } = reply
  const marked = annotations
    .filter(({ kind }) => kind !== 'campaign')
    .map((annotation) => ({ at: annotation.at, text: noteText(annotation, words), annotation }))
  const gaps = runsOf(series, (bucket) => bucketStateOf(bucket) === 'expired').flatMap(({ first, last }) => {
    const [from, to] = [series[first]?.from, series[last]?.to]
    if (from === undefined || to === undefined) return []
    const label = (at: string) => distinctMinute(at, range.tz, words.locale)
    return { at: from, text: words.t('trend.note.gap', { from: label(from), to: label(to) }), annotation: null }
  })
  const indexOf = bucketIndex(series)
  return [...marked, ...gaps]
    .map((note) => ({ ...note, i: indexOf(note.at) }))
    .filter(({ i }) => i !== -1)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .map((note, k) => ({ ...note, n: k + 1 }))
}

/** Only administrators learn how many calls failed, so everybody else reads that many did. */
function noteText({ kind, error, text }: AnnotationReply, { t }: Words): string {
  if (kind !== 'upstream_error') return stripControls(text ?? '')
  if (!error) return t('trend.note.errorDay')
  const { failed, calls, code } = error
  return code === -1 ? t('trend.note.noAnswer', { failed, calls }) : t('trend.note.error', { failed, calls, code })
}

/** Returns the campaigns sent in each bucket, by its index. */
export function campaignsByBucket(series: Series, annotations: readonly AnnotationReply[]): Map<number, string[]> {
  const found = new Map<number, string[]>()
  const indexOf = bucketIndex(series)
  for (const { kind, at, text, taskId } of annotations) {
    const i = kind === 'campaign' ? indexOf(at) : -1
    if (i !== -1) found.set(i, [...(found.get(i) ?? []), stripControls(text ?? taskId ?? '')])
  }
  return found
}

/** Returns the names at the chart's places, the largest first. A place with several names its first one and the number of the others. */
export function campaignFlags(series: Series, campaigns: ReadonlyMap<number, string[]>): { i: number; text: string }[] {
  return [...campaigns]
    .map(([i, [first = '', ...others]]) => ({ i, text: others.length > 0 ? `${first} +${others.length}` : first }))
    .sort((a, b) => (series[b.i]?.sent ?? 0) - (series[a.i]?.sent ?? 0) || a.i - b.i)
}

/**
 * Returns a function from an instant to the index of the bucket that holds it; -1 where there is none. Buckets are in order
 * and have no gaps.
 */
function bucketIndex(series: Series): (at: string) => number {
  const starts = series.map(({ from }) => Date.parse(from))
  const end = Date.parse(series.at(-1)?.to ?? '')
  return (at) => {
    const ms = Date.parse(at)
    if (!(ms < end)) return -1
    let [low, high] = [0, starts.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? Infinity) <= ms) low = middle + 1
      else high = middle
    }
    return low - 1
  }
}
