import 'server-only'
import { PushlensError } from '@/lib/contract/errors'

/**
 * Whose task it is: `line` is the address or the known device. Known devices go before everybody else, then the address
 * with the fewest attempts of the day.
 */
export interface Turn {
  line: string
  known: boolean
  attempts: number
}
interface Waiting {
  attempts: number
  start(): void
  refuse(error: PushlensError): void
}
type Lines = Map<string, Waiting[]>

const NOBODY: Turn = { line: '', known: false, attempts: 0 }

/**
 * Runs at most `concurrency` tasks at once and lets `queueSize` more wait. Addresses take turns, and those that have
 * tried little go first, so that a flood from many does not delay the others. Where the queue is full, the longest line
 * loses its newest task, with `unavailable`.
 */
export function createHashLimiter(concurrency: number, queueSize: number) {
  const lines: { known: Lines; others: Lines } = { known: new Map(), others: new Map() }
  let active = 0
  let waiting = 0

  function next(): void {
    const from = lines.known.size > 0 ? lines.known : lines.others
    if (from.size === 0 || active >= concurrency) return
    const [line, tasks] = [...from].reduce((best, one) => (attemptsOf(one) < attemptsOf(best) ? one : best))
    const task = tasks.shift()
    // The line goes to the end of the order, after all that wait now.
    from.delete(line)
    if (tasks.length > 0) from.set(line, tasks)
    waiting -= 1
    active += 1
    task?.start()
  }

  function makeRoom({ line, known }: Turn): boolean {
    if (waiting < queueSize || active < concurrency) return true
    const longest = [...lines.others].reduce<[string, Waiting[]] | null>(
      (best, one) => (best && best[1].length >= one[1].length ? best : one),
      null,
    )
    const own = known ? 0 : (lines.others.get(line)?.length ?? 0)
    if (!longest || longest[1].length <= own) return false
    const [name, tasks] = longest
    tasks.pop()?.refuse(tooMany())
    if (tasks.length === 0) lines.others.delete(name)
    waiting -= 1
    return true
  }

  return async function run<T>(task: () => Promise<T>, turn: Turn = NOBODY): Promise<T> {
    if (!makeRoom(turn)) throw tooMany()
    await new Promise<void>((start, refuse) => {
      const group = turn.known ? lines.known : lines.others
      group.set(turn.line, [...(group.get(turn.line) ?? []), { start, refuse, attempts: turn.attempts }])
      waiting += 1
      next()
    })
    try {
      return await task()
    } finally {
      active -= 1
      next()
    }
  }
}

const attemptsOf = ([, [first]]: [string, Waiting[]]): number => first?.attempts ?? 0

function tooMany(): PushlensError {
  return new PushlensError('unavailable', 'too many sign-ins at this moment')
}
