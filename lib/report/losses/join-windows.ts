import { STAGES_OF_LOSS } from '@/lib/contract/records'
import { lacksVendors } from '@/lib/report/funnel/counts'
import { sumPieces } from '@/lib/report/funnel/series-report'
import { isAttributed, type LossWindow } from './loss-vendors'
import { mergeLosses, withoutParts } from './merge-losses'

/**
 * Joins windows that are judged alike: on the same side of every split of the vendors' histories, with the same parts
 * known. The sums stay the same, and a month of hours is judged as quickly as one window.
 */
export function joinWindows(windows: readonly LossWindow[], splits: readonly number[]): LossWindow[] {
  const groups = new Map<string, LossWindow[]>()
  for (const window of windows) {
    const key = keyOf(window, splits)
    const group = groups.get(key)
    if (group) group.push(window)
    else groups.set(key, [window])
  }
  return [...groups.values()].map(joined)
}

function keyOf({ from, to, record, counts, reasonsGone }: LossWindow, splits: readonly number[]): string {
  const sides = splits.map((at) => (to <= at ? '<' : from >= at ? '>' : '='))
  const attributed = record && STAGES_OF_LOSS.map((stage) => isAttributed(record, stage))
  return [...sides, reasonsGone, attributed, counts && lacksVendors(counts)].join()
}

function joined(group: LossWindow[]): LossWindow {
  const [first] = group
  if (first && group.length === 1) return first
  const records = group.flatMap(({ record }) => (record ? [withoutParts(record)] : []))
  return {
    from: Math.min(...group.map(({ from }) => from)),
    to: Math.max(...group.map(({ to }) => to)),
    reasonsGone: group.some(({ reasonsGone }) => reasonsGone),
    record: records.length > 0 ? mergeLosses('', records) : null,
    counts: sumPieces(group),
  }
}
