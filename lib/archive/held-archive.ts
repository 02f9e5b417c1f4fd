import 'server-only'
import type { Clock } from '@/lib/contract/clock'
import { HORIZON } from '@/lib/contract/limits'
import type { Gateway, Ticket } from '@/lib/gateway/gateway'
import { stateOfWindow } from '@/lib/report/range/windows'
import { lifeState } from '@/lib/report/tasks/life'
import type { Store } from '@/lib/store/store'
import type { HeldWindow } from '@/lib/store/windows/windows'
import type { Archive, ArchiveResult, Asked, WindowRequest } from './archive'
import type { LifeRequest } from './lives'

/** The archive as reports use it. */
export type ReportArchive = Pick<Archive, 'find' | 'held' | 'fitted' | 'fetch'> & {
  lives: Pick<Archive['lives'], 'find' | 'held'>
}

/** What a reader gets that requests nothing. Its type proves that no call is behind it. */
interface HeldResult extends ArchiveResult {
  tickets: never[]
}

/** A gateway without a way to make a call. It knows no problem either: why Tencent does not answer is internal. */
export const SEALED_GATEWAY = { problem: async () => null } as const satisfies Pick<Gateway, 'problem'>

/** A call that is never made: it has neither a place nor an estimate, and nobody waits for it. */
function neverMade(): Ticket {
  const done: Ticket['done'] = Promise.reject(new Error('this reader makes no call'))
  done.catch(() => undefined)
  return { done, place: () => null, etaMs: () => null }
}

/**
 * Returns an archive that only reads. It has no gateway, so it cannot make a call. `fitted` is that of the archive which
 * does, and remembers the windows that Tencent refuses.
 */
export function createHeldArchive(deps: {
  windows: Pick<Store['windows'], 'find'>
  clock: Pick<Clock, 'dataS'>
  fitted: Archive['fitted']
}): ReportArchive & { find(...asked: Parameters<Archive['find']>): Promise<HeldResult> } {
  const { windows, clock, fitted } = deps
  const byTask = (found: HeldWindow[]) => new Map(found.map((one) => [one.task, one]))

  async function held({ app, source, metric, tasks, window }: WindowRequest): Promise<Map<string, HeldWindow>> {
    return byTask(await windows.find({ appId: app.id, source, metric, tasks, ...window }))
  }

  async function heldLives({ app, metric, lives }: LifeRequest): Promise<Map<string, HeldWindow>> {
    const subject = { appId: app.id, source: 'task' as const, metric }
    const found = lives.map(({ task, from, to }) => windows.find({ ...subject, tasks: [task], from, to }))
    return byTask((await Promise.all(found)).flat())
  }

  return {
    held,
    fitted,
    fetch: neverMade,

    async find(request: WindowRequest, { priority }: Asked): Promise<HeldResult> {
      // Missing buckets of a series are requested one by one. Whoever reads a series has found them missing before.
      if (priority === 'bulk') return { held: new Map(), states: new Map(), tickets: [] }
      const have = await held(request)
      const states = request.tasks.map((task) => {
        const one = have.get(task)
        const facts = { heldFetchedAt: one?.fetchedAt ?? null, final: one?.final ?? false, queued: false }
        const horizon = HORIZON[request.metric]
        return [task, stateOfWindow({ ...request.window, ...facts, horizon, nowS: clock.dataS() })] as const
      })
      return { held: have, states: new Map(states), tickets: [] }
    },

    lives: {
      held: heldLives,
      async find(request: LifeRequest): Promise<HeldResult> {
        const have = await heldLives(request)
        const states = request.lives.map(
          (life) => [life.task, lifeState(life, request.metric, have.get(life.task), clock.dataS())] as const,
        )
        return { held: have, states: new Map(states), tickets: [] }
      },
    },
  }
}
