import type { CoverHour, TaskCoverReply } from '@/lib/contract/campaigns/task-cover'
import { DAY, HORIZON } from '@/lib/contract/limits'
import { sumOrNull } from '@/lib/report/null-sums'
import { iso } from '@/lib/report/range/iso-time'
import type { Span } from '@/lib/report/range/windows'

/** What the archive knows of something sent in the hour that begins at `from`. `sent` is null where that is nothing. */
interface Sent {
  from: number
  sent: number | null
  /** Epoch seconds. */
  fetchedAt: number | null
}

interface RegisteredTask extends Sent {
  /** Whether the task is registered and will be fetched, but has not been yet. */
  awaited: boolean
}

/** A large campaign is sent over some hours. Until a task is fetched, pushes of this time may be its own. */
const SENT_FOR_S = DAY

/**
 * Compares, per hour, the total sent (`overall`) with the sum of its known tasks. A task belongs to the hour of its
 * sending. If it sent more than that hour's total, the surplus counts in the following hours. The hours after a task that
 * is awaited are unknown.
 */
export function taskCover(
  hours: Span[],
  { overall, tasks }: { overall: Sent[]; tasks: RegisteredTask[] },
): Omit<TaskCoverReply, 'range'> {
  const held = new Map(overall.map((hour) => [hour.from, hour]))
  const known = new Map<number, Sent[]>()
  for (const task of tasks) known.set(task.from, [...(known.get(task.from) ?? []), task])
  const awaited = tasks.filter((task) => task.awaited)
  let surplus = 0
  const rows = hours.map(({ from, to }): CoverHour => {
    const sent = held.get(from)?.sent ?? null
    const registered = sumOrNull((known.get(from) ?? []).map((task) => task.sent))
    const isOpen = awaited.some((task) => from >= task.from && from < task.from + SENT_FOR_S)
    const rest = sent === null || registered === null || isOpen ? null : sent - registered - surplus
    surplus = Math.max(0, -(rest ?? 0))
    return {
      from: iso(from),
      to: iso(to),
      sent,
      known: registered,
      unregistered: rest === null ? null : Math.max(0, rest),
      losesReasonsAt: iso(from + HORIZON.loss),
    }
  })
  const fetches = [...overall, ...tasks].flatMap(({ fetchedAt }) => fetchedAt ?? [])
  return { hours: rows, sum: totalOf(rows), asOf: fetches.length > 0 ? iso(fetches.reduce(least)) : null }
}

function totalOf(rows: CoverHour[]): TaskCoverReply['sum'] {
  const complete = rows.filter(({ unregistered }) => unregistered !== null)
  const sum = (of: (row: CoverHour) => number | null) => (complete.length > 0 ? sumOrNull(complete.map(of)) : null)
  return {
    hours: complete.length,
    sent: sum((row) => row.sent),
    known: sum((row) => row.known),
    unregistered: sum((row) => row.unregistered),
  }
}

const least = (a: number, b: number) => Math.min(a, b)
