import 'server-only'
import type { Clock } from '@/lib/contract/clock'
import { TASKS_PER_CALL } from '@/lib/contract/limits'
import type { Metric } from '@/lib/contract/sources'
import type { Gateway, Priority, Ticket } from '@/lib/gateway/gateway'
import { type Life, lifeState, pastOf } from '@/lib/report/tasks/life'
import type { Store } from '@/lib/store/store'
import type { HeldWindow } from '@/lib/store/windows/windows'
import type { UpstreamApp } from '@/lib/timpush/tim-push'
import type { Found } from './archive'
import { keepLives } from './keep'

/** Lives of one metric, each of another task. */
export interface WantedLives {
  app: UpstreamApp
  metric: Metric
  lives: Life[]
}

/** The lives of tasks: each is held as a window of its own, though one call asks for five over what they have in common. */
export function createLives(deps: {
  store: Pick<Store, 'windows'>
  gateway: Pick<Gateway, 'ask'>
  clock: Pick<Clock, 'dataS'>
}) {
  const { windows } = deps.store

  async function held({ app, metric, lives }: WantedLives): Promise<Map<string, HeldWindow>> {
    const subject = { appId: app.id, source: 'task' as const, metric }
    const found = lives.map(({ task, from, to }) => windows.find({ ...subject, tasks: [task], from, to }))
    return new Map((await Promise.all(found)).flat().map((one) => [one.task, one]))
  }

  const state = ({ metric }: WantedLives, life: Life, one: HeldWindow | undefined) =>
    lifeState(life, metric, one, deps.clock.dataS())

  function ask(wanted: WantedLives, priority: Priority, satisfied: () => Promise<boolean>): Ticket {
    const { app, metric, lives } = wanted
    const tasks = lives.map(({ task }) => task)
    const endpoint = metric === 'statistics' ? 'all_member_push_statistics' : 'all_member_push_loss'
    return deps.gateway.ask({
      app,
      question: { endpoint, ...pastOf(lives, deps.clock.dataS()), tasks },
      priority,
      keep: (answer) => keepLives(windows, wanted, answer, deps.clock.dataS()),
      satisfied,
    })
  }

  return {
    held,

    /** What is held of some lives, and a ticket for each call that what is missing or stale needs. Waits for no call. */
    async find(wanted: WantedLives, priority: Priority): Promise<Found> {
      const have = await held(wanted)
      const states = new Map(wanted.lives.map((life) => [life.task, state(wanted, life, have.get(life.task))]))
      const isDue = ({ task }: Life) => states.get(task) === 'missing' || states.get(task) === 'stale'
      const due = wanted.lives.filter(isDue).sort((a, b) => a.from - b.from)
      const tickets: Ticket[] = []
      for (let at = 0; at < due.length; at += TASKS_PER_CALL) {
        const part = { ...wanted, lives: due.slice(at, at + TASKS_PER_CALL) }
        const isFresh = async () => {
          const fetched = await held(part)
          return part.lives.every((life) => state(part, life, fetched.get(life.task)) === 'held')
        }
        tickets.push(ask(part, priority, isFresh))
      }
      for (const { task } of due) if (states.get(task) === 'missing') states.set(task, 'pending')
      return { held: have, states, tickets }
    },

    /** Asks for at most five lives even where what is held is fresh, unless all were fetched since then (s). */
    fetch(wanted: WantedLives, priority: Priority, since: number): Ticket {
      return ask(wanted, priority, async () => {
        const have = await held(wanted)
        return wanted.lives.every(({ task }) => (have.get(task)?.fetchedAt ?? -Infinity) >= since)
      })
    },
  }
}
