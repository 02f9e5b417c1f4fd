import 'server-only'
import type { SharedQuestion } from '@/lib/access/shares/clamp-to-scope'
import { reaches } from '@/lib/access/shares/reach'
import type { Coverage, Freshness } from '@/lib/contract/freshness'
import type { FunnelReply } from '@/lib/contract/funnel'
import { DAY } from '@/lib/contract/limits'
import type { LossesReply } from '@/lib/contract/losses'
import type { ListedTask } from '@/lib/contract/tasks'

/** The collector refreshes what is stored. A page looks again this often. */
const LOOK_AGAIN_MS = 30_000

const second = (instant: string): number => Math.floor(Date.parse(instant) / 1_000)

/** Returns how current a shared answer is. It waits for no call, so it has no place and is never pending. */
function heldFreshness({ state, problem }: Freshness): Freshness {
  const isFinal = state === 'final'
  const isOpen = state === 'pending' || state === 'stale'
  return {
    state: isOpen ? 'stale' : state,
    place: null,
    etaMs: null,
    retryAfterMs: isOpen ? LOOK_AGAIN_MS : null,
    problem: isFinal && problem?.code === 'upstream_data_expired' ? problem : null,
  }
}

/** Says of what is not stored that it is missing: no call is under way for it. */
function heldCoverage({ missing, ...counts }: Coverage): Coverage {
  return { ...counts, missing: missing.map((gap) => (gap.state === 'pending' ? { ...gap, state: 'missing' } : gap)) }
}

/** Leaves out of a funnel what is about all pushes or another time: when vendors' receipts began or stopped. */
export function narrowFunnel(reply: FunnelReply, { tasks, reach }: SharedQuestion): FunnelReply {
  const isInReach = ({ at }: { at: string }) => reaches(reach, { from: second(at), to: second(at) })
  return {
    ...reply,
    coverage: heldCoverage(reply.coverage),
    receipts: tasks === null ? reply.receipts.filter(isInReach) : [],
    freshness: heldFreshness(reply.freshness),
  }
}

/** Leaves the days out of a trend that the link does not show. */
export function narrowLosses(reply: LossesReply, { reach }: SharedQuestion): LossesReply {
  const isInReach = reply.days.map((day) => reaches(reach, { from: second(day), to: second(day) + DAY }))
  const inReach = <T>(all: T[]) => all.filter((_, i) => isInReach[i])
  return {
    ...reply,
    coverage: heldCoverage(reply.coverage),
    days: inReach(reply.days),
    stages: reply.stages.map((stage) => ({
      ...stage,
      reasons:
        stage.reasons?.map((row) => ({
          ...row,
          trend: row.trend.map((one) => ({ ...one, counts: inReach(one.counts) })),
        })) ?? null,
    })),
    freshness: heldFreshness(reply.freshness),
  }
}

/** Leaves the reason of a campaign's loss out where losses are no part of the link. */
export function narrowTask(task: ListedTask, { withLosses }: SharedQuestion): ListedTask {
  return withLosses ? task : { ...task, reason: null }
}
