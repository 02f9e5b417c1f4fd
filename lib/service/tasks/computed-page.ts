import 'server-only'
import { type Direction, type TaskSort, usualDirection } from '@/lib/contract/campaigns/sorts'
import type { ReportContext } from '@/lib/service/context'
import type { ComputedPlace } from '@/lib/service/read/task-reply'
import type { TaskKey } from '@/lib/store/tasks/task-rows'
import type { FactsQuestion } from './task-facts'
import { readDifferences, readRates, readReasonTitles } from './task-orders'

interface ComputedPage {
  sort: TaskSort
  /** Whether campaigns are ordered by their first tag before. */
  isGrouped: boolean
  dir: Direction | undefined
  after: ComputedPlace | null
  limit: number
}

type Reader = Pick<ReportContext, 'store' | 'clock' | 'caches'>
type KeyOf = (task: TaskKey) => ComputedPlace['key']

/** Returns a page of these tasks in an order that is computed. Unknown values come last in both directions. */
export async function pageByFacts(
  ctx: Reader,
  question: FactsQuestion,
  tasks: TaskKey[],
  { sort, dir = usualDirection(sort), isGrouped, after, limit }: ComputedPage,
): Promise<{ items: TaskKey[]; next: ComputedPlace | null }> {
  const keyOf = await keysOf(ctx, question, tasks, sort)
  const groupOf = (task: TaskKey) => (isGrouped ? { group: task.tags[0] ?? null } : {})
  const placed = tasks.map((task) => ({ task, key: keyOf(task), taskId: task.taskId, ...groupOf(task) }))
  const order = (a: ComputedPlace, b: ComputedPlace) => compare(a, b, dir)
  placed.sort(order)
  const rest = after === null ? placed : placed.filter((one) => order(one, after) > 0)
  const page = rest.slice(0, limit)
  const last = page.at(-1)
  const items = page.map(({ task }) => task)
  if (rest.length <= limit || !last) return { items, next: null }
  const { task: _, ...next } = last
  return { items, next }
}

async function keysOf(ctx: Reader, question: FactsQuestion, tasks: TaskKey[], sort: TaskSort): Promise<KeyOf> {
  if (sort === 'sentAt') return ({ sentAt, createdAt }) => sentAt ?? createdAt
  if (sort === 'createdAt') return ({ createdAt }) => createdAt
  if (sort === 'label') return ({ labelKey }) => labelKey
  if (sort === 'tags') return ({ tags }) => (tags.length > 0 ? tags.join('\n').toLowerCase() : null)
  if (sort === 'reason') {
    const titles = await readReasonTitles(ctx, question, tasks)
    return ({ taskId }) => titles.get(taskId) ?? null
  }
  if (sort === 'change') {
    const differences = await readDifferences(ctx, question, tasks)
    return ({ taskId }) => differences.get(taskId) ?? null
  }
  const rates = await readRates(ctx, question, tasks)
  return ({ taskId }) => rates.get(taskId)?.[sort] ?? null
}

/** Compares text by code units, as the database does. */
function compare(a: ComputedPlace, b: ComputedPlace, dir: Direction): number {
  const inGroup = a.group === b.group ? 0 : compareGroups(a.group ?? null, b.group ?? null)
  if (inGroup !== 0) return inGroup
  if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null) || byId(a, b)
  const rise = a.key < b.key ? -1 : Number(a.key > b.key)
  return (dir === 'asc' ? rise : -rise) || byId(a, b)
}

function compareGroups(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return a < b ? -1 : Number(a > b)
}

const byId = (a: ComputedPlace, b: ComputedPlace): number => (a.taskId < b.taskId ? -1 : Number(a.taskId > b.taskId))
