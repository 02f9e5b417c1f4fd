import 'server-only'
import type { Coverage, Freshness } from '@/lib/contract/freshness'
import type { LossRecord } from '@/lib/contract/records'
import { sumPieces } from '@/lib/report/funnel/series-report'
import { mergeLosses } from '@/lib/report/range/disjoint-windows'
import type { Span } from '@/lib/report/range/windows'
import type { WindowCounts } from '@/lib/store/windows/window-rows'
import type { Pair } from './window-pairs'

export interface TaskCover {
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
  tasks: TaskCover[]
  coverage: Coverage
  /** Epoch seconds of the oldest fetch used. */
  asOf: number | null
  unreadable: number
  freshness: Freshness
}

/** What is held of each task, added up, with its cover; `covers` in the order of `tasks`. */
export function addedUp(
  tasks: string[],
  held: ReadonlyMap<string, Pair[]>,
  covers: Coverage[],
): Omit<ReadLosses, 'window' | 'basis' | 'freshness'> {
  const all = tasks.flatMap((task) => held.get(task) ?? [])
  const told = toldOf(all)
  return {
    record: lossesOf(told),
    counts: told.length > 0 ? sumPieces(told.map(({ counts }) => ({ counts }))) : null,
    tasks: tasks.map((task, i) => taskCover(task, held.get(task) ?? [], covers[i])),
    coverage: joined(covers),
    asOf: all.length > 0 ? Math.min(...all.map(({ fetchedAt }) => fetchedAt)) : null,
    unreadable: all.reduce((sum, { unreadable }) => sum + unreadable, 0),
  }
}

/** Of several tasks those Tencent told nothing of are left out of the sum: what is unknown of one is not of the others. */
function toldOf(all: Pair[]): Pair[] {
  const told = all.filter(isTold)
  return told.length > 0 ? told : all
}

/** All four arrays of a result that was not there are absent. */
const isTold = ({ record }: Pair): boolean => record !== null && record.absent.length < 4

function lossesOf(told: Pair[]): LossRecord | null {
  const records = told.flatMap(({ record }) => record ?? [])
  return records.length > 0 ? mergeLosses('', records) : null
}

function joined(covers: Coverage[]): Coverage {
  const missing = new Map(covers.flatMap((one) => one.missing).map((one) => [JSON.stringify(one), one]))
  return {
    held: covers.reduce((sum, one) => sum + one.held, 0),
    expected: covers.reduce((sum, one) => sum + one.expected, 0),
    missing: [...missing.values()],
  }
}

function taskCover(task: string, tiles: Pair[], cover: Coverage | undefined): TaskCover {
  return {
    task,
    known: tiles.length > 0 ? tiles.some(isTold) : null,
    held: cover?.held ?? 0,
    expected: cover?.expected ?? 0,
    asOf: tiles.length > 0 ? Math.min(...tiles.map(({ fetchedAt }) => fetchedAt)) : null,
  }
}

/** What there is while the rest is on its way is stale, not pending. */
export function standing(read: Freshness, some: boolean): Freshness {
  return some && read.state === 'pending' ? { ...read, state: 'stale' } : read
}

/** Fresh when both are; the estimate is that of the later one. Without the losses there is nothing to show yet. */
export function together(loss: Freshness, statistics: Freshness): Freshness {
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
