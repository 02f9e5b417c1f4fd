import { HORIZON } from '@/lib/contract/limits'
import type { CoverHour, TaskCoverReply } from '@/lib/contract/task-cover'
import { sumOrNull } from '@/lib/report/null-sums'
import { iso } from '@/lib/report/range/iso-time'
import type { Span } from '@/lib/report/range/windows'

/** What is held of something sent in the hour that begins at `from`; `sent` null where that is nothing. */
interface Sent {
  from: number
  sent: number | null
  /** Epoch seconds. */
  fetchedAt: number | null
}

/**
 * Per hour what was sent in all (`overall`, the hours held) against what its known tasks sent. A campaign belongs to the
 * hour of its sending; what it sent beyond that hour's own total flows into the hours after.
 */
export function taskCover(
  hours: Span[],
  { overall, tasks }: { overall: Sent[]; tasks: Sent[] },
): Omit<TaskCoverReply, 'range'> {
  const held = new Map(overall.map((hour) => [hour.from, hour]))
  const known = new Map<number, Sent[]>()
  for (const task of tasks) known.set(task.from, [...(known.get(task.from) ?? []), task])
  let over = 0
  const rows = hours.map(({ from, to }): CoverHour => {
    const sent = held.get(from)?.sent ?? null
    const registered = sumOrNull((known.get(from) ?? []).map((task) => task.sent))
    const rest = sent === null || registered === null ? null : sent - registered - over
    over = Math.max(0, -(rest ?? 0))
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
  const whole = rows.filter(({ unregistered }) => unregistered !== null)
  const sum = (of: (row: CoverHour) => number | null) => (whole.length > 0 ? sumOrNull(whole.map(of)) : null)
  return {
    hours: whole.length,
    sent: sum((row) => row.sent),
    known: sum((row) => row.known),
    unregistered: sum((row) => row.unregistered),
  }
}

const least = (a: number, b: number) => Math.min(a, b)
