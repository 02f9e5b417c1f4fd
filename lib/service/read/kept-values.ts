import 'server-only'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { LRUCache } from 'lru-cache'
import type { ReportContext } from '@/lib/service/context'

/** A computed value. `madeS` is epoch seconds. */
export interface Kept<V> {
  value: V
  madeS: number
}

/** Up to `fresh` seconds of age a value is used as it is, and up to `usable` while it is computed again. */
export interface KeptAges {
  fresh: number
  usable: number
}

export interface KeptValues<T, V> {
  /** Work of the same name is done by one reader at a time. The others wait and use its result. */
  name: string
  cache: LRUCache<string, Kept<V>>
  keyOf(task: T): string
  agesOf(task: T): KeptAges
  compute(part: T[]): Promise<(task: T) => V>
}

type Reader = Pick<ReportContext, 'clock' | 'caches'>

/** Thousands are computed in parts, so that other requests are answered in between. */
const PART = 100

/**
 * Returns a value of each task by TaskID. Computes missing values first. Values that are usable but no longer fresh are
 * returned, and computed again outside of this request; if that fails, they stay as they are.
 */
export async function readKept<T extends { taskId: string }, V>(
  ctx: Reader,
  values: KeptValues<T, V>,
  tasks: readonly T[],
): Promise<ReadonlyMap<string, V>> {
  const nowS = ctx.clock.dataS()
  const found = new Map<string, V>()
  const missing: T[] = []
  const stale: T[] = []
  for (const task of tasks) {
    const kept = values.cache.get(values.keyOf(task))
    const { fresh, usable } = values.agesOf(task)
    const age = kept ? nowS - kept.madeS : Number.POSITIVE_INFINITY
    if (!kept || age > usable) missing.push(task)
    else found.set(task.taskId, kept.value)
    if (age > fresh && age <= usable) stale.push(task)
  }
  if (missing.length > 0) await inTurn(ctx, values.name, () => computeAll(ctx, values, missing, found))
  else if (stale.length > 0 && !ctx.caches.turns.has(values.name))
    inTurn(ctx, values.name, () => computeAll(ctx, values, stale, new Map())).catch(() => undefined)
  return found
}

/** Waits for the turn before, also for one that failed. */
function inTurn({ caches }: Reader, name: string, work: () => Promise<void>): Promise<void> {
  const { turns, outside } = caches
  const before = turns.get(name)
  const turn = outside(() => (before ? before.then(work, work) : work()))
  turns.set(name, turn)
  const end = () => {
    if (turns.get(name) === turn) turns.delete(name)
  }
  turn.then(end, end)
  return turn
}

async function computeAll<T extends { taskId: string }, V>(
  { clock }: Reader,
  { cache, keyOf, agesOf, compute }: KeptValues<T, V>,
  tasks: readonly T[],
  found: Map<string, V>,
): Promise<void> {
  for (let i = 0; i < tasks.length; i += PART) {
    const part = tasks.slice(i, i + PART).filter((task) => {
      // The turn before may have computed it.
      const kept = cache.get(keyOf(task))
      if (!kept || clock.dataS() - kept.madeS > agesOf(task).fresh) return true
      found.set(task.taskId, kept.value)
      return false
    })
    if (part.length === 0) continue
    const valueFor = await compute(part)
    for (const task of part) {
      const value = valueFor(task)
      found.set(task.taskId, value)
      cache.set(keyOf(task), { value, madeS: clock.dataS() })
    }
    await nextTurn()
  }
}
