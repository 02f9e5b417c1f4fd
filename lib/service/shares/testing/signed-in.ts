import 'server-only'
import { authorize } from '@/lib/access/authorize'
import { type FunnelReply, funnelQuery } from '@/lib/contract/funnel'
import { type LossesReply, lossesQuery } from '@/lib/contract/losses'
import type { RangeReply } from '@/lib/contract/ranges'
import { type TasksReply, tasksQuery } from '@/lib/contract/tasks'
import { getFunnel } from '@/lib/service/funnel/get-funnel'
import { getLosses } from '@/lib/service/losses/get-losses'
import { resolveFunnel, resolveLosses } from '@/lib/service/read/resolve-question'
import { listTasks } from '@/lib/service/tasks/list-tasks'
import type { SharedWorld } from './shared-world'

const VIEWER = { kind: 'token', id: 't', name: 't', role: 'viewer', apps: ['*'] } as const

export interface Asked {
  source: string
  task: string[]
  /** The range that the link has answered. Without one, campaigns are asked for their lives. */
  range: RangeReply | null
  interval?: string
  compare?: string
  /** Asks by the name of the range: today is compared with the same hours of the day before. */
  byName?: boolean
}

export interface SignedIn {
  funnel(asked: Asked): Promise<FunnelReply>
  losses(asked: Asked): Promise<LossesReply>
  tasks(): Promise<TasksReply>
}

/** Returns the answers that a person with a role on the app gets, each made once. */
export function signedIn(world: SharedWorld): SignedIn {
  const made = new Map<string, Promise<unknown>>()
  const once = <T>(key: string, make: () => Promise<T>): Promise<T> => {
    const known = made.get(key) ?? make()
    made.set(key, known)
    return known as Promise<T>
  }
  const scoped = async <Q>(query: Q) => authorize(VIEWER, 'read', await world.app(), query)
  const fieldsOf = ({ range, byName = false, ...rest }: Asked) => {
    if (!range) return rest
    // These end within an hour, and a link shows whole hours.
    const isWhole = range.preset && (byName || !['24h', 'today'].includes(range.preset))
    const dates = isWhole
      ? { range: range.preset }
      : { from: String(Date.parse(range.from) / 1_000), to: String(Date.parse(range.to) / 1_000) }
    return { ...rest, ...dates, tz: range.tz }
  }
  return {
    funnel: (asked) =>
      once(`funnel ${JSON.stringify(asked)}`, async () => {
        const query = funnelQuery.parse({ ...fieldsOf(asked), vendors: '1' })
        return getFunnel(world.ctx, resolveFunnel(world.ctx, await scoped(query)), 0)
      }),
    losses: (asked) =>
      once(`losses ${JSON.stringify(asked)}`, async () => {
        const { interval: _, ...fields } = fieldsOf(asked)
        return getLosses(world.ctx, resolveLosses(world.ctx, await scoped(lossesQuery.parse(fields))), 0)
      }),
    tasks: () => once('tasks', async () => listTasks(world.ctx, await scoped(tasksQuery.parse({})))),
  }
}
