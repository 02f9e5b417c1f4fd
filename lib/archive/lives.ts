import 'server-only'
import type { Clock } from '@/lib/contract/clock'
import { TASKS_PER_CALL } from '@/lib/contract/limits'
import type { Metric } from '@/lib/contract/sources'
import type { Gateway, Priority, Ticket } from '@/lib/gateway/gateway'
import { type Life, lifeState, pastOf } from '@/lib/report/tasks/life'
import type { Store } from '@/lib/store/store'
import type { HeldWindow } from '@/lib/store/windows/windows'
import type { UpstreamApp } from '@/lib/timpush/tim-push'
import { createAbsentTasks } from './absent-tasks'
import type { ArchiveResult, Asked } from './archive'
import { storeLives } from './store-answer'

/** The lives of several tasks, for one metric. */
export interface LifeRequest {
  app: UpstreamApp
  metric: Metric
  lives: Life[]
}

/** Reads and requests the lives of tasks. Each is stored as its own window, although one call covers five of them. */
export function createLives(deps: {
  store: Pick<Store, 'windows' | 'tasks'>
  gateway: Pick<Gateway, 'request'>
  clock: Pick<Clock, 'dataS'>
}) {
  const { windows } = deps.store
  const absentTasks = createAbsentTasks(deps.store)

  async function held({ app, metric, lives }: LifeRequest): Promise<Map<string, HeldWindow>> {
    const subject = { appId: app.id, source: 'task' as const, metric }
    const found = lives.map(({ task, from, to }) => windows.find({ ...subject, tasks: [task], from, to }))
    const absent = absentTasks.windows({ appId: app.id, metric }, lives)
    return new Map([...absent, ...(await Promise.all(found)).flat()].map((one) => [one.task, one]))
  }

  const state = ({ metric }: LifeRequest, life: Life, one: HeldWindow | undefined) =>
    lifeState(life, metric, one, deps.clock.dataS())

  function enqueue(request: LifeRequest, asked: Asked, satisfied: () => Promise<boolean>): Ticket {
    const { app, metric, lives } = request
    const tasks = lives.map(({ task }) => task)
    const endpoint = metric === 'statistics' ? 'all_member_push_statistics' : 'all_member_push_loss'
    return deps.gateway.request({
      app,
      question: { endpoint, ...pastOf(lives, deps.clock.dataS()), tasks },
      ...asked,
      async storeAnswer(answer) {
        const nowS = deps.clock.dataS()
        const known = await absentTasks.setAside({ appId: app.id, metric }, lives, answer, nowS)
        if (known.length > 0) await storeLives(windows, { ...request, lives: known }, answer, nowS)
      },
      satisfied,
    })
  }

  return {
    held,

    /** Returns what is stored and requests what is missing or stale. Waits for no call. */
    async find(request: LifeRequest, asked: Asked): Promise<ArchiveResult> {
      const have = await held(request)
      const states = new Map(request.lives.map((life) => [life.task, state(request, life, have.get(life.task))]))
      const isDue = ({ task }: Life) => states.get(task) === 'missing' || states.get(task) === 'stale'
      const due = request.lives.filter(isDue).sort((a, b) => a.from - b.from)
      const tickets: Ticket[] = []
      for (let at = 0; at < due.length; at += TASKS_PER_CALL) {
        const part = { ...request, lives: due.slice(at, at + TASKS_PER_CALL) }
        const isFresh = async () => {
          const fetched = await held(part)
          return part.lives.every((life) => state(part, life, fetched.get(life.task)) === 'held')
        }
        tickets.push(enqueue(part, asked, isFresh))
      }
      for (const { task } of due) if (states.get(task) === 'missing') states.set(task, 'pending')
      return { held: have, states, tickets }
    },

    /** Requests at most five lives, unless all were fetched at or after `since` (epoch seconds). */
    fetch(request: LifeRequest, priority: Priority, since: number): Ticket {
      return enqueue(request, { priority, waiter: null }, async () => {
        const have = await held(request)
        return request.lives.every(({ task }) => (have.get(task)?.fetchedAt ?? -Infinity) >= since)
      })
    },
  }
}
