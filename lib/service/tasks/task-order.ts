import 'server-only'
import { type ComputedSort, type Direction, usualDirection } from '@/lib/contract/campaigns/sorts'
import type { Context } from '@/lib/service/context'
import type { Task } from '@/lib/store/tasks/task-rows'
import { type FactsQuestion, readDifferences, readReasons, readTotals } from './task-facts'

/** Where a page ended: the value of its sort key, null where it is unknown, and the TaskID. */
export interface ComputedPlace {
  key: string | number | null
  taskId: string
}

interface ComputedPage {
  sort: ComputedSort
  dir: Direction | undefined
  after: ComputedPlace | null
  limit: number
}

type Reader = Pick<Context, 'store' | 'clock' | 'caches'>
type KeyOf = (task: Task) => ComputedPlace['key']

/** Returns a page of these tasks in an order that is computed. Unknown values come last in both directions. */
export async function pageByFacts(
  ctx: Reader,
  question: FactsQuestion,
  tasks: Task[],
  { sort, dir = usualDirection(sort), after, limit }: ComputedPage,
): Promise<{ items: Task[]; next: ComputedPlace | null }> {
  const keyOf = await keysOf(ctx, question, tasks, sort)
  const placed = tasks.map((task) => ({ task, key: keyOf(task), taskId: task.taskId }))
  const order = (a: ComputedPlace, b: ComputedPlace) => compare(a, b, dir)
  placed.sort(order)
  const rest = after === null ? placed : placed.filter((one) => order(one, after) > 0)
  const page = rest.slice(0, limit)
  const last = page.at(-1)
  const next = rest.length > limit && last ? { key: last.key, taskId: last.taskId } : null
  return { items: page.map(({ task }) => task), next }
}

async function keysOf(ctx: Reader, question: FactsQuestion, tasks: Task[], sort: ComputedSort): Promise<KeyOf> {
  if (sort === 'tags') return ({ tags }) => (tags.length > 0 ? tags.join('\n').toLowerCase() : null)
  if (sort === 'reason') {
    const reasonOf = await readReasons(ctx, question, tasks)
    return ({ taskId }) => reasonOf(taskId)?.title ?? null
  }
  if (sort === 'change') {
    const differenceOf = await readDifferences(ctx, question, tasks)
    return ({ taskId }) => differenceOf(taskId)
  }
  const totalOf = await readTotals(ctx, question, tasks)
  return ({ taskId }) => {
    const { total } = totalOf(taskId)
    if (sort === 'sent') return total?.sent ?? null
    return (sort === 'delivery' ? total?.rates.deliveryReporting : total?.rates.click) ?? null
  }
}

/** Compares text by code units, as the database does. */
function compare(a: ComputedPlace, b: ComputedPlace, dir: Direction): number {
  if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null) || byId(a, b)
  const rise = a.key < b.key ? -1 : Number(a.key > b.key)
  return (dir === 'asc' ? rise : -rise) || byId(a, b)
}

const byId = (a: ComputedPlace, b: ComputedPlace): number => (a.taskId < b.taskId ? -1 : Number(a.taskId > b.taskId))
