import { afterEach, expect, test } from 'vitest'
import { truthOfStatistics } from '@/emulator/control/truth'
import { truthOfLoss } from '@/emulator/control/truth-loss'
import type { Switches } from '@/emulator/switches'
import type { Campaign } from '@/emulator/world/campaign-plan'
import { authorize } from '@/lib/access/authorize'
import type { KnownPrincipal } from '@/lib/access/principal'
import { NOW } from '@/lib/archive/testing/archive-env'
import { openProtocolEnv, type ProtocolEnv } from '@/lib/archive/testing/protocol-env'
import { taskCoverQuery, taskCoverReply } from '@/lib/contract/campaigns/task-cover'
import { funnelQuery, funnelReply } from '@/lib/contract/funnel'
import { DAY, HORIZON, HOUR } from '@/lib/contract/limits'
import { METRICS, type Metric } from '@/lib/contract/sources'
import { platformOf } from '@/lib/contract/vendors'
import { iso } from '@/lib/report/range/iso-time'
import { earliestAskable } from '@/lib/report/range/windows'
import { type Life, lifeOf, pastOf } from '@/lib/report/tasks/life'
import type { Context } from '@/lib/service/context'
import { getFunnel } from '@/lib/service/funnel/get-funnel'
import { createCaches } from '@/lib/service/read/caches'
import { resolveFunnel } from '@/lib/service/read/resolve-question'
import type { HeldWindow } from '@/lib/store/windows/windows'
import { clockAt } from '@/lib/testing/clock'
import { getTaskCover } from './get-task-cover'

const SINGLE = { priority: 'single', waiter: { principal: 'person:ann' } } as const
const VIEWER: KnownPrincipal = { kind: 'token', id: 'pm', name: 'pm', role: 'viewer', apps: ['1400000001'] }
type Told = Pick<HeldWindow, 'counts' | 'losses' | 'fetchedAt'>

let env: ProtocolEnv
afterEach(() => env.close())

const know = ({ taskId, at }: Campaign) =>
  env.store.tasks.register({ appId: env.app.id, taskId, sentAt: at, knownBy: 'import', createdAt: env.clock.dataS() })
const lifeAt = ({ taskId, at }: Campaign, metric: Metric) => lifeOf({ taskId, sentAt: at }, metric, env.clock.dataS())

async function held({ task, from, to }: Life, metric: Metric): Promise<HeldWindow | undefined> {
  const subject = { appId: env.app.id, source: 'task' as const, metric }
  return (await env.store.windows.find({ ...subject, tasks: [task], from, to }))[0]
}

/** Runs a collector until the condition is met. */
async function collectUntil(condition: () => Promise<boolean>): Promise<void> {
  await env.collect(condition)
  expect(await condition()).toBe(true)
}

/** Returns the lives that are an hour old and can be requested, once all of them are stored. */
async function lives(tasks: Campaign[], metric: Metric): Promise<Life[]> {
  const all = tasks.filter(({ at }) => at <= env.clock.dataS() - HOUR).map((task) => lifeAt(task, metric))
  const askable = all.filter(({ from }) => from >= earliestAskable(HORIZON[metric], env.clock.dataS()))
  await collectUntil(async () => (await Promise.all(askable.map((life) => held(life, metric)))).every(Boolean))
  return askable
}

const channel = (eventType: number | null) => (eventType === 1 ? 'offline' : 'online')
const lines = (rows: unknown[][]) => rows.map((row) => JSON.stringify(row)).sort()
const four = ({
  sendable,
  sent,
  delivered,
  clicked,
}: Record<'sendable' | 'sent' | 'delivered' | 'clicked', unknown>) => [...[sendable, sent, delivered, clicked]]

function truth(life: Life, metric: Metric, asOf: number): string[] {
  const question = { source: 'task' as const, task: life.task, from: life.from, to: pastOf([life], asOf).to, asOf }
  if (metric === 'statistics') {
    const { total, vendors } = truthOfStatistics(env.world, question, env.switches)
    if (total === null) return ['unknown']
    return lines([four(total), ...vendors.map((row) => [row.platform, channel(row.eventType), ...four(row)])])
  }
  const { stages, totals } = truthOfLoss(env.world, question, env.switches)
  const rows = (['ready_to_send', 'post_send'] as const).flatMap((stage) => [
    ...stages[stage].map((row) => [stage, row.platform, channel(row.eventType), row.code, row.count]),
    ...totals[stage].map((row) => [stage, null, null, row.code, row.count]),
  ])
  return lines(rows)
}

function said({ counts, losses }: Told): string[] {
  if (losses) {
    return lines(
      losses.map((row) => [row.stage, row.vendor && platformOf(row.vendor), row.channel, row.code, row.count]),
    )
  }
  if (!counts) return ['unknown']
  return lines([four(counts.total), ...counts.rows.map((row) => [platformOf(row.vendor), row.channel, ...four(row)])])
}

const context = () => {
  const clock = clockAt(env.clock.dataS)
  return { ...env, clock, caches: createCaches(clock), upstreamApp: () => env.app } as unknown as Context
}

/** Every combination of what Tencent's documents leave open about windows. */
const WORLDS: Partial<Switches>[] = [
  { countBy: 'event', lag: 'none', endTime: 'exclusive', grain: 'second' },
  { countBy: 'event', lag: 'day', endTime: 'inclusive', grain: 'hour', utcOffset: '-03:30' },
  { countBy: 'sending', lag: 'none', endTime: 'inclusive', grain: 'minute', totalsDisagree: true },
  { countBy: 'sending', lag: 'day', endTime: 'exclusive', grain: 'day' },
]

test.each(WORLDS)('the stored lives of all tasks equal the truth, row by row: %o', async (switches) => {
  env = await openProtocolEnv({ switches })
  const tasks = env.world.campaigns(NOW)
  for (const one of tasks) await know(one)
  for (const metric of METRICS) {
    const all = await lives(tasks, metric)
    expect(all.length).toBeGreaterThan(metric === 'statistics' ? 30 : 6)
    for (const life of all) {
      const window = await held(life, metric)
      expect([life.task, window && said(window)]).toEqual([life.task, truth(life, metric, window?.fetchedAt ?? 0)])
    }
  }
})

test('the coverage reports unregistered pushes, and none once all campaigns are registered', async () => {
  env = await openProtocolEnv()
  const end = NOW - (NOW % HOUR) - 2 * HOUR
  const sentBefore = env.world.campaigns(end - 1)
  // No campaign from before the range is still sending when it begins.
  let first = NOW - (NOW % HOUR) - 5 * DAY
  const sentBy = ({ at, hours: spread }: { at: number; hours: number }) => at + (spread + 3) * HOUR
  while (sentBefore.some((one) => one.at < first && sentBy(one) > first)) first -= HOUR
  const hours = (end - first) / HOUR
  const tasks = sentBefore.filter(({ at }) => at >= first)
  // It has finished sending before the end of the range.
  const withheld = tasks.findLast((one) => sentBy(one) < end)
  if (!withheld) throw new Error('nothing was sent')
  const known = tasks.filter((one) => one !== withheld)
  for (const one of known) await know(one)
  await lives(known, 'statistics')
  const subject = { app: { ...env.app, secretKey: async () => '' }, source: 'task' as const, tasks: [''] }
  for (let from = first; from < end; from += HOUR) {
    const asked = { ...subject, metric: 'statistics' as const, window: { from, to: from + HOUR } }
    await Promise.all((await env.archive.find(asked, SINGLE)).tickets.map(({ done }) => done))
  }
  const cover = async () => {
    const query = taskCoverQuery.parse({ from: String(first), to: String(end) })
    return taskCoverReply.parse(await getTaskCover(context(), authorize(VIEWER, 'read', env.app, query)))
  }
  const before = await cover()
  await know(withheld)
  const [life] = await lives([withheld], 'statistics')
  const sent = (life && (await held(life, 'statistics')))?.counts?.total.sent ?? 0
  expect(sent).toBeGreaterThan(0)
  expect(before.sum).toMatchObject({ hours, unregistered: sent })
  expect(before.hours.find(({ unregistered }) => unregistered)?.from).toBe(iso(life?.from ?? 0))
  expect((await cover()).sum).toMatchObject({ hours, unregistered: 0 })
  // A request for its life is answered at once.
  const scoped = authorize(VIEWER, 'read', env.app, funnelQuery.parse({ task: withheld.taskId }))
  expect(funnelReply.parse(await getFunnel(context(), resolveFunnel(context(), scoped), 0)).total?.sent).toBe(sent)
})

test('observations exist at the planned ages, and each equals the truth of its second', async () => {
  env = await openProtocolEnv({ users: 300, switches: { countBy: 'event' } })
  const next = env.world.campaigns(NOW + 9 * DAY).find(({ at, audience }) => at > NOW + HOUR && audience === 'all')
  if (!next) throw new Error('nothing is sent')
  env.jump(next.at + 120 - env.clock.dataS())
  await know(next)
  const life = lifeAt(next, 'statistics')
  const all = () => env.store.observations.of({ appId: env.app.id, task: next.taskId })
  const dates = [...[HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY].map((age) => next.at + age), life.to - HOUR]
  for (const at of dates) {
    env.jump(at + 5 - env.clock.dataS())
    await collectUntil(async () => ((await all()).at(-1)?.fetchedAt ?? 0) >= at)
  }
  const made = await all()
  expect(made.map(({ fetchedAt }) => fetchedAt)).toEqual(dates.map((at) => at + 5))
  for (const one of made) expect(said({ ...one, losses: null })).toEqual(truth(life, 'statistics', one.fetchedAt))
  const delivered = made.map((one) => one.counts.total.delivered ?? 0)
  expect(delivered[0]).toBeLessThan(delivered.at(-1) ?? 0)
  const losses = await held(lifeAt(next, 'loss'), 'loss')
  expect(losses?.fetchedAt).toBe(next.at + 3 * DAY + 5)
})
