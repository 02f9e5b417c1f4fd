import 'server-only'
import type { Coverage, Freshness } from '@/lib/contract/freshness'
import type { LossesReply } from '@/lib/contract/losses'
import type { Span } from '@/lib/report/range/windows'
import type { WindowPair } from './window-pairs'

export interface TaskCoverage {
  task: string
  known: boolean | null
  held: number
  expected: number
  asOf: number | null
}

export interface ReadLosses {
  window: Span
  basis: 'exact' | 'cut' | 'sum'
  /** The windows of the sums; those of several tasks may overlap. */
  windows: WindowPair[]
  tasks: TaskCoverage[]
  coverage: Coverage
  /** Epoch seconds of the oldest fetch used. */
  asOf: number | null
  unreadable: number
  /** Losses with a code, exact and summed from buckets, where the two differ. */
  difference: LossesReply['difference']
  freshness: Freshness
}

/** Joins the stored losses of several tasks. `coverages` has the order of `tasks`. */
export function mergeTaskLosses(
  tasks: string[],
  held: ReadonlyMap<string, WindowPair[]>,
  coverages: Coverage[],
): Omit<ReadLosses, 'window' | 'basis' | 'difference' | 'freshness'> {
  const all = tasks.flatMap((task) => held.get(task) ?? [])
  return {
    windows: withReports(all),
    tasks: tasks.map((task, i) => taskCoverage(task, held.get(task) ?? [], coverages[i])),
    coverage: joinCoverages(coverages),
    asOf: all.length > 0 ? Math.min(...all.map(({ fetchedAt }) => fetchedAt)) : null,
    unreadable: all.reduce((sum, { unreadable }) => sum + unreadable, 0),
  }
}

/** Leaves out tasks for which Tencent has no result, so that one unknown task does not make the sum unknown. */
function withReports(all: WindowPair[]): WindowPair[] {
  const reported = all.filter(isReported)
  return reported.length > 0 ? reported : all
}

/** A result that does not exist has none of its four arrays. */
const hasResult = ({ record }: WindowPair): boolean => record !== null && record.absent.length < 4

const isReported = (pair: WindowPair): boolean => pair.reasonsGone || hasResult(pair)

function joinCoverages(coverages: Coverage[]): Coverage {
  const missing = new Map(coverages.flatMap((one) => one.missing).map((one) => [JSON.stringify(one), one]))
  return {
    held: coverages.reduce((sum, one) => sum + one.held, 0),
    expected: coverages.reduce((sum, one) => sum + one.expected, 0),
    missing: [...missing.values()],
  }
}

function taskCoverage(task: string, pairs: WindowPair[], coverage: Coverage | undefined): TaskCoverage {
  const asked = pairs.filter(({ reasonsGone }) => !reasonsGone)
  return {
    task,
    known: asked.length > 0 ? asked.some(hasResult) : null,
    held: coverage?.held ?? 0,
    expected: coverage?.expected ?? 0,
    asOf: pairs.length > 0 ? Math.min(...pairs.map(({ fetchedAt }) => fetchedAt)) : null,
  }
}

/** With a part of the data the report is stale rather than pending. */
export function staleIfPartial(read: Freshness, hasSome: boolean): Freshness {
  return hasSome && read.state === 'pending' ? { ...read, state: 'stale' } : read
}

/**
 * Fresh only if both are; the estimate is that of the later one. Without losses there is nothing to show yet. Final if
 * one of them is and the other awaits nothing.
 */
export function mergeFreshness(loss: Freshness, statistics: Freshness): Freshness {
  const both = [loss, statistics]
  const isSettled = both.every(({ state }) => state === 'fresh' || state === 'final')
  const final = isSettled ? both.find(({ state }) => state === 'final') : undefined
  if (final) return final
  const of = (numbers: (number | null)[], pick: (...all: number[]) => number) => {
    const known = numbers.filter((one) => one !== null)
    return known.length > 0 ? pick(...known) : null
  }
  const fresh = both.every(({ state }) => state === 'fresh')
  return {
    state: fresh ? 'fresh' : loss.state === 'pending' ? 'pending' : 'stale',
    place: of([loss.place, statistics.place], Math.min),
    etaMs: of([loss.etaMs, statistics.etaMs], Math.max),
    retryAfterMs: of([loss.retryAfterMs, statistics.retryAfterMs], Math.min),
    problem: loss.problem ?? statistics.problem,
  }
}
