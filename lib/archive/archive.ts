import 'server-only'
import type { Clock } from '@/lib/contract/clock'
import type { WindowState } from '@/lib/contract/freshness'
import { HORIZON, TASKS_PER_CALL } from '@/lib/contract/limits'
import { endpointOf, type Metric, type Source } from '@/lib/contract/sources'
import type { Gateway, Priority, Ticket } from '@/lib/gateway/gateway'
import { stateOfWindow } from '@/lib/report/range/windows'
import type { Store } from '@/lib/store/store'
import type { HeldWindow } from '@/lib/store/windows/windows'
import type { Question } from '@/lib/timpush/question'
import type { UpstreamApp } from '@/lib/timpush/tim-push'
import { createHalving } from './halving'
import { keepAnswer } from './keep'
import { createLives } from './lives'
import { type ProgressApp, progress } from './progress'

/** Which windows of one metric answer a question. `tasks` [''] is the overall; windows are half-open epoch seconds. */
export interface Wanted {
  app: UpstreamApp
  source: Source
  metric: Metric
  tasks: string[]
  window: { from: number; to: number }
}

export interface Found {
  /** By task, newest fetch of exactly this window; a task not held is absent. */
  held: Map<string, HeldWindow>
  states: Map<string, WindowState>
  /** The calls under way for what is missing or stale; empty when all is held and fresh. */
  tickets: Ticket[]
}

export type Archive = ReturnType<typeof createArchive>

export function createArchive(deps: {
  store: Pick<Store, 'windows'>
  gateway: Pick<Gateway, 'ask' | 'lanes'>
  clock: Pick<Clock, 'dataS'>
}) {
  const { windows } = deps.store
  const halving = createHalving(deps.clock)

  async function held(wanted: Wanted): Promise<Map<string, HeldWindow>> {
    const { app, source, metric, tasks, window } = wanted
    const found = await windows.find({ appId: app.id, source, metric, tasks, ...window })
    return new Map(found.map((one) => [one.task, one]))
  }

  function due(wanted: Wanted, have: Map<string, HeldWindow>): string[] {
    return wanted.tasks.filter((task) => state(wanted, have.get(task)) !== 'held')
  }

  function state(wanted: Wanted, one: HeldWindow | undefined): WindowState {
    return stateOfWindow({
      ...wanted.window,
      heldFetchedAt: one?.fetchedAt ?? null,
      final: one?.final ?? false,
      queued: false,
      horizon: HORIZON[wanted.metric],
      nowS: deps.clock.dataS(),
    })
  }

  function ask(wanted: Wanted, priority: Priority, satisfied: () => Promise<boolean>): Ticket {
    return deps.gateway.ask({
      app: wanted.app,
      question: questionOf(wanted, wanted.tasks),
      priority,
      keep: (answer) => keepAnswer(windows, wanted, answer, deps.clock.dataS()),
      satisfied,
    })
  }

  return {
    /** What is held of a window, and a ticket for each call that what is missing or stale needs. Waits for no call. */
    async find(wanted: Wanted, priority: Priority): Promise<Found> {
      const have = await held(wanted)
      const askable = due(wanted, have).filter((task) => {
        const current = state(wanted, have.get(task))
        return current === 'missing' || current === 'stale'
      })
      const tickets = chunks(askable, TASKS_PER_CALL).map((tasks) => {
        const part = { ...wanted, tasks }
        const ticket = ask(part, priority, async () => due(part, await held(part)).length === 0)
        if (isTotal(part)) ticket.done.catch((error: unknown) => halving.refused(part, part.window, error))
        return ticket
      })
      const states = new Map(
        wanted.tasks.map((task) => {
          const current = state(wanted, have.get(task))
          return [task, current === 'missing' && tickets.length > 0 ? 'pending' : current] as const
        }),
      )
      return { held: have, states, tickets }
    },
    /** Only what is held: asks nothing. */
    held,

    /** The part of a total's window that the upstream answers for, where it refused the whole; else the window. */
    fitted: (wanted: Wanted) => (isTotal(wanted) ? halving.fitted(wanted, wanted.window) : wanted.window),

    /** Asks for at most five tasks (or the overall) even where what is held is fresh, unless fetched since then (s). */
    fetch(wanted: Wanted, priority: Priority, since: number): Ticket {
      return ask(wanted, priority, async () => {
        const have = await held(wanted)
        return wanted.tasks.every((task) => (have.get(task)?.fetchedAt ?? -Infinity) >= since)
      })
    },

    /** The lives of tasks, each from its sending on. */
    lives: createLives(deps),

    /** How complete the hours of each source and metric are. */
    progress: (app: ProgressApp) => progress(deps, app),
  }
}

function isTotal({ metric, tasks }: Wanted): boolean {
  return metric === 'statistics' && tasks[0] === ''
}

function questionOf({ source, metric, window }: Wanted, tasks: string[]): Question {
  const endpoint = endpointOf(source, metric)
  const { from, to } = window
  if (endpoint === 'all_member_push_statistics' || endpoint === 'all_member_push_loss') {
    return { endpoint, from, to, tasks: tasks.filter((task) => task !== '') }
  }
  if (endpoint === 'normal_push_statistics' || endpoint === 'normal_push_loss') return { endpoint, from, to }
  throw new Error(`${endpoint} answers no window`)
}

function chunks<T>(all: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size))
}
