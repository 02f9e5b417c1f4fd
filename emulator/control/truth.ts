import type { Switches } from '../switches'
import { DAY } from '../world/calendar'
import { reasonAt } from '../world/reasons'
import type { Row } from '../world/rows'
import type { World } from '../world/world'
import { isInWindow, knownUntil } from './truth-window'

export interface Question {
  source: 'task' | 'chat'
  task: string | null
  from: number
  to: number
  /** The second of data time at which the question is asked. */
  asOf: number
}

interface Counts {
  sendable: number
  sent: number
  delivered: number
  clicked: number
}

/** Yields every row the question could include, with spare days on both sides of the window. */
export function* rowsOf(world: World, question: Question, until: number): Generator<Row> {
  for (const day of world.between(question.from - 5 * DAY, Math.min(question.to + 2 * DAY, until + 1))) {
    if (question.source === 'chat') yield* day.chat
    for (const { campaign, rows } of question.source === 'task' ? day.campaigns : []) {
      if (question.task === null || campaign.taskId === question.task) yield* rows
    }
  }
}

/** Returns whether the task had been sent by `until`. A null task means all campaigns and is always known. */
export function isKnown(world: World, { task }: Question, until: number): boolean {
  return task === null || world.campaigns(until).some(({ taskId }) => taskId === task)
}

/** Counts the funnel of a window event by event. Shares no code with the endpoints, so that the two check each other. */
export function truthOfStatistics(world: World, question: Question, switches: Switches) {
  const until = knownUntil(question.asOf, switches)
  if (!isKnown(world, question, until)) return { total: null, vendors: [] }
  const vendors = new Map<number, Counts>()
  const inside = (at: number) => isInWindow(at, question, switches)
  for (const row of rowsOf(world, question, until)) {
    const counts = vendors.get(row.platform) ?? { sendable: 0, sent: 0, delivered: 0, clicked: 0 }
    vendors.set(row.platform, counts)
    const happened = (at: number) => {
      if (at === 0 || at > until) return 0
      return inside(switches.countBy === 'event' ? at : row.at) ? 1 : 0
    }
    const handedOver = row.reason === 0 || reasonAt(row.reason).where !== 'before'
    counts.sendable += happened(row.at)
    counts.sent += handedOver ? happened(row.at) : 0
    counts.delivered += happened(row.deliveredAt)
    counts.clicked += happened(row.clickedAt)
  }
  const list = [...vendors]
    .filter(([, counts]) => counts.sendable + counts.delivered + counts.clicked > 0)
    .sort(([a], [b]) => a - b)
    .map(([platform, counts]) => ({ platform, eventType: eventTypeOf(platform, question), ...counts }))
  return { total: totalOf(list, switches), vendors: list }
}

export function eventTypeOf(platform: number, { source }: Question): number | null {
  if (source === 'chat') return null
  return platform === 0 ? 2 : 1
}

function totalOf(vendors: Counts[], { totalsDisagree }: Switches): Counts {
  const total = { sendable: 0, sent: 0, delivered: 0, clicked: 0 }
  for (const name of ['sendable', 'sent', 'delivered', 'clicked'] as const) {
    for (const vendor of vendors) total[name] += vendor[name]
    if (totalsDisagree) total[name] = Math.floor((total[name] * 21) / 20)
  }
  return total
}
