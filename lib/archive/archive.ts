import 'server-only'
import type { Clock } from '@/lib/contract/clock'
import type { WindowState } from '@/lib/contract/freshness'
import { HORIZON, TASKS_PER_CALL } from '@/lib/contract/limits'
import { endpointOf, type Metric, type Source } from '@/lib/contract/sources'
import type { Gateway, Priority, Ticket, Waiter } from '@/lib/gateway/gateway'
import { stateOfWindow } from '@/lib/report/range/windows'
import type { Store } from '@/lib/store/store'
import type { HeldWindow } from '@/lib/store/windows/windows'
import type { Question } from '@/lib/timpush/question'
import type { UpstreamApp } from '@/lib/timpush/tim-push'
import { createAbsentTasks } from './absent-tasks'
import { createHalving } from './halving'
import { createLives } from './lives'
import { type ProgressApp, progress } from './progress'
import { storeAnswer } from './store-answer'

/** One metric over one window, for some tasks. `tasks` [''] means the overall. Windows are half-open epoch seconds. */
export interface WindowRequest {
  app: UpstreamApp
  source: Source
  metric: Metric
  tasks: string[]
  window: { from: number; to: number }
  /** Keep the answer about tasks for good. Otherwise it is pruned some days after its last fetch. */
  kept?: boolean
}

export interface ArchiveResult {
  /** The latest stored fetch of exactly this window, by task. A task without one is absent. */
  held: Map<string, HeldWindow>
  states: Map<string, WindowState>
  /** One ticket per call for missing or stale data. Empty when everything is stored and fresh. */
  tickets: Ticket[]
}

/** How urgent a request is, and who waits for the answer; null is the archive itself. */
export interface Asked {
  priority: Priority
  waiter: Waiter | null
}

export type Archive = ReturnType<typeof createArchive>

export function createArchive(deps: {
  store: Pick<Store, 'windows' | 'tasks'>
  gateway: Pick<Gateway, 'request' | 'lanes'>
  clock: Pick<Clock, 'dataS'>
}) {
  const { windows } = deps.store
  const halving = createHalving(deps.clock)
  const absentTasks = createAbsentTasks(deps.store)

  async function held(request: WindowRequest): Promise<Map<string, HeldWindow>> {
    const { app, source, metric, tasks, window } = request
    const found = await windows.find({ appId: app.id, source, metric, tasks, ...window })
    const absent = absentTasks.windows({ appId: app.id, metric }, spansOf(request))
    return new Map([...absent, ...found].map((one) => [one.task, one]))
  }

  function due(request: WindowRequest, have: Map<string, HeldWindow>): string[] {
    return request.tasks.filter((task) => state(request, have.get(task)) !== 'held')
  }

  function state(request: WindowRequest, one: HeldWindow | undefined): WindowState {
    return stateOfWindow({
      ...request.window,
      heldFetchedAt: one?.fetchedAt ?? null,
      final: one?.final ?? false,
      queued: false,
      horizon: HORIZON[request.metric],
      nowS: deps.clock.dataS(),
    })
  }

  function enqueue(request: WindowRequest, asked: Asked, satisfied: () => Promise<boolean>): Ticket {
    return deps.gateway.request({
      app: request.app,
      question: questionOf(request, request.tasks),
      ...asked,
      async storeAnswer(answer) {
        const nowS = deps.clock.dataS()
        const subject = { appId: request.app.id, metric: request.metric }
        const known = await absentTasks.setAside(subject, spansOf(request), answer, nowS)
        const tasks = known.map(({ task }) => task)
        if (tasks.length > 0) await storeAnswer(windows, { ...request, tasks }, answer, nowS)
      },
      satisfied,
    })
  }

  return {
    /** Returns what is stored and requests what is missing or stale. Waits for no call. */
    async find(request: WindowRequest, asked: Asked): Promise<ArchiveResult> {
      const have = await held(request)
      const toFetch = due(request, have).filter((task) => {
        const current = state(request, have.get(task))
        return current === 'missing' || current === 'stale'
      })
      const tickets = chunks(toFetch, TASKS_PER_CALL).map((tasks) => {
        const part = { ...request, tasks }
        const ticket = enqueue(part, asked, async () => due(part, await held(part)).length === 0)
        if (isTotal(part)) ticket.done.catch((error: unknown) => halving.refused(part, part.window, error))
        return ticket
      })
      const states = new Map(
        request.tasks.map((task) => {
          const current = state(request, have.get(task))
          return [task, current === 'missing' && tickets.length > 0 ? 'pending' : current] as const
        }),
      )
      return { held: have, states, tickets }
    },
    /** Returns what is stored. Requests nothing. */
    held,

    /** Returns the window, or only its last part if Tencent refused the whole window of the overall as too long. */
    fitted: (request: WindowRequest) => (isTotal(request) ? halving.fitted(request, request.window) : request.window),

    /** Requests at most five tasks, or the overall, unless all were fetched at or after `since` (epoch seconds). */
    fetch(request: WindowRequest, asked: Asked, since: number): Ticket {
      return enqueue(request, asked, async () => {
        const have = await held(request)
        return request.tasks.every((task) => (have.get(task)?.fetchedAt ?? -Infinity) >= since)
      })
    },

    /** The lives of tasks: everything from the hour of sending on. */
    lives: createLives(deps),

    /** Returns how complete the buckets of each source and metric are. */
    progress: (app: ProgressApp) => progress(deps, app),
  }
}

const spansOf = ({ tasks, window }: WindowRequest) => tasks.map((task) => ({ task, ...window }))

function isTotal({ metric, tasks }: WindowRequest): boolean {
  return metric === 'statistics' && tasks[0] === ''
}

function questionOf({ source, metric, window }: WindowRequest, tasks: string[]): Question {
  const endpoint = endpointOf(source, metric)
  const { from, to } = window
  if (endpoint === 'all_member_push_statistics' || endpoint === 'all_member_push_loss') {
    return { endpoint, from, to, tasks: tasks.filter((task) => task !== '') }
  }
  if (endpoint === 'normal_push_statistics' || endpoint === 'normal_push_loss') return { endpoint, from, to }
  throw new Error(`${endpoint} has no windows`)
}

function chunks<T>(all: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size))
}
