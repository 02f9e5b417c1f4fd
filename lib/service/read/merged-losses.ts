import 'server-only'
import type { Coverage, Freshness } from '@/lib/contract/freshness'
import type { LossRecord } from '@/lib/contract/records'
import { sumPieces } from '@/lib/report/funnel/series-report'
import { mergeLosses } from '@/lib/report/range/disjoint-windows'
import type { Span } from '@/lib/report/range/windows'
import type { WindowCounts } from '@/lib/store/windows/window-rows'
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
  record: LossRecord | null
  counts: WindowCounts | null
  tasks: TaskCoverage[]
  coverage: Coverage
  /** Epoch seconds of the oldest fetch used. */
  asOf: number | null
  unreadable: number
  freshness: Freshness
}

/** Merges the stored losses of several tasks. `coverages` has the order of `tasks`. */
export function mergeTaskLosses(
  tasks: string[],
  held: ReadonlyMap<string, WindowPair[]>,
  coverages: Coverage[],
): Omit<ReadLosses, 'window' | 'basis' | 'freshness'> {
  const all = tasks.flatMap((task) => held.get(task) ?? [])
  const reported = withReports(all)
  return {
    record: recordOf(reported),
    counts: reported.length > 0 ? sumPieces(reported.map(({ counts }) => ({ counts }))) : null,
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
const isReported = ({ record }: WindowPair): boolean => record !== null && record.absent.length < 4

function recordOf(reported: WindowPair[]): LossRecord | null {
  const records = reported.flatMap(({ record }) => record ?? [])
  return records.length > 0 ? mergeLosses('', records) : null
}

function joinCoverages(coverages: Coverage[]): Coverage {
  const missing = new Map(coverages.flatMap((one) => one.missing).map((one) => [JSON.stringify(one), one]))
  return {
    held: coverages.reduce((sum, one) => sum + one.held, 0),
    expected: coverages.reduce((sum, one) => sum + one.expected, 0),
    missing: [...missing.values()],
  }
}

function taskCoverage(task: string, pairs: WindowPair[], coverage: Coverage | undefined): TaskCoverage {
  return {
    task,
    known: pairs.length > 0 ? pairs.some(isReported) : null,
    held: coverage?.held ?? 0,
    expected: coverage?.expected ?? 0,
    asOf: pairs.length > 0 ? Math.min(...pairs.map(({ fetchedAt }) => fetchedAt)) : null,
  }
}

/** With a part of the data the report is stale rather than pending. */
export function staleIfPartial(read: Freshness, hasSome: boolean): Freshness {
  return hasSome && read.state === 'pending' ? { ...read, state: 'stale' } : read
}

/** Fresh only if both are; the estimate is that of the later one. Without losses there is nothing to show yet. */
export function mergeFreshness(loss: Freshness, statistics: Freshness): Freshness {
  const both = [loss, statistics]
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
