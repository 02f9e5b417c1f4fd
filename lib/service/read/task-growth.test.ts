import { afterEach, expect, test } from 'vitest'
import { truthOfStatistics } from '@/emulator/control/truth'
import type { Switches } from '@/emulator/switches'
import type { Campaign } from '@/emulator/world/campaign-plan'
import { NOW } from '@/lib/archive/testing/archive-env'
import { openProtocolEnv, type ProtocolEnv } from '@/lib/archive/testing/protocol-env'
import { AGE_SECONDS, TASK_AGES } from '@/lib/contract/campaigns/task-ages'
import { DAY } from '@/lib/contract/limits'
import { lifeOf } from '@/lib/report/tasks/life'
import type { Context } from '@/lib/service/context'
import { clockAt } from '@/lib/testing/clock'
import { createCaches } from './caches'
import { readGrowth } from './task-growth'

let env: ProtocolEnv
afterEach(() => env.close())

const context = () => {
  const clock = clockAt(env.clock.dataS)
  return { ...env, clock, caches: createCaches(clock), upstreamApp: () => env.app } as unknown as Context
}

/** Runs a collector until the condition is met. */
async function collectUntil(condition: () => Promise<boolean>): Promise<void> {
  await env.collect(condition)
  expect(await condition()).toBe(true)
}

/** Registers campaigns that were sent long ago, as an import does, with what the probe has measured. */
async function importLate(switches: Partial<Switches>, counted: 'event' | 'sending'): Promise<Campaign[]> {
  env = await openProtocolEnv({ users: 300, switches: { ...switches, countBy: counted } })
  const probed = { at: NOW, parts: 'add_up', hours: 'add_up', end: { end: 'excluded', unit: 'second' }, counted }
  await env.store.settings.set(`probes:${env.app.id}`, JSON.stringify({ ...probed, lag: 'none' }))
  const old = env.world.campaigns(NOW).filter(({ at }) => at > NOW - 20 * DAY && at < NOW - 8 * DAY)
  const chosen = old.slice(-3)
  for (const { taskId, at } of chosen) {
    await env.store.tasks.register({ appId: env.app.id, taskId, sentAt: at, knownBy: 'import', createdAt: NOW })
  }
  const subject = { appId: env.app.id, tasks: chosen.map(({ taskId }) => taskId) }
  const windows = counted === 'event' ? chosen.length * TASK_AGES.length : 0
  await collectUntil(async () => {
    const [times, ages] = await Promise.all([
      env.store.observations.times(subject),
      env.store.observations.ageWindows(subject),
    ])
    return times.size === chosen.length && ages.length >= windows
  })
  return chosen
}

test('a campaign registered late gets its ages where Tencent counts by time of event, equal to the truth then', async () => {
  const campaigns = await importLate({ grain: 'second' }, 'event')
  const growth = await readGrowth(
    context(),
    env.app,
    campaigns.map(({ taskId }) => taskId),
  )
  for (const [i, { taskId, at }] of campaigns.entries()) {
    const { from } = lifeOf({ taskId, sentAt: at }, 'statistics', NOW)
    for (const age of TASK_AGES) {
      const question = { source: 'task' as const, task: taskId, from, to: at + AGE_SECONDS[age], asOf: NOW }
      const { total } = truthOfStatistics(env.world, question, env.switches)
      expect([age, growth[i]?.ages[age].funnel?.total]).toMatchObject([age, total])
      expect(growth[i]?.ages[age].funnel?.age).toBe(AGE_SECONDS[age])
    }
    expect(growth[i]?.series.map(({ age }) => age).slice(0, 5)).toEqual(Object.values(AGE_SECONDS))
    expect(growth[i]?.latest?.age).toBe(NOW - at)
  }
})

test('it has only its newest counts where Tencent counts by time of sending, and no call is made for its ages', async () => {
  const campaigns = await importLate({ grain: 'second' }, 'sending')
  const [growth] = await readGrowth(context(), env.app, [campaigns[0]?.taskId ?? ''])
  expect(growth?.ages['24h']).toEqual({ funnel: null, gap: 'not_collected' })
  expect(growth?.latest?.total.sent).toBeGreaterThan(0)
  expect(growth?.series).toHaveLength(1)
  const ends = campaigns.flatMap(({ at }) => Object.values(AGE_SECONDS).map((age) => at + age))
  expect(env.asked.filter((one) => 'tasks' in one && one.tasks.length > 0 && ends.includes(one.to))).toEqual([])
})

test('a task that nobody registered and that has no observation is unknown', async () => {
  env = await openProtocolEnv()
  const [growth] = await readGrowth(context(), env.app, ['a-task'])
  expect(growth).toMatchObject({ sentAt: null, latest: null, series: [], ages: { '1h': { gap: 'no_sending_time' } } })
  expect(await readGrowth(context(), env.app, [])).toEqual([])
})
