import { afterEach, expect, test } from 'vitest'
import { authorize } from '@/lib/access/authorize'
import type { KnownPrincipal } from '@/lib/access/principal'
import { NOW } from '@/lib/archive/testing/archive-env'
import { openProtocolEnv, type ProtocolEnv } from '@/lib/archive/testing/protocol-env'
import { compareTasksQuery, compareTasksReply } from '@/lib/contract/campaigns/task-comparison'
import { DAY, HOUR } from '@/lib/contract/limits'
import type { Context } from '@/lib/service/context'
import { createCaches } from '@/lib/service/read/caches'
import { answer, sent } from '@/lib/store/testing/rows'
import { clockAt } from '@/lib/testing/clock'
import { compareTasks } from './compare-tasks'
import { compareTasksCsv } from './compare-tasks-csv'
import { getCampaign } from './get-campaign'

const VIEWER: KnownPrincipal = { kind: 'token', id: 'pm', name: 'pm', role: 'viewer', apps: ['1400000001'] }

let env: ProtocolEnv
afterEach(() => env.close())

const context = () => {
  const clock = clockAt(env.clock.dataS)
  return { ...env, clock, caches: createCaches(clock), upstreamApp: () => env.app } as unknown as Context
}
const compare = (query: Record<string, unknown>) =>
  compareTasks(context(), authorize(VIEWER, 'read', env.app, compareTasksQuery.parse(query)))
const campaign = (taskId: string) => getCampaign(context(), authorize(VIEWER, 'read', env.app, { taskId }))

/** Registers a campaign and observes it: what a reporting vendor delivered of 20,000 sent, by age. */
async function observed(taskId: string, daysAgo: number, delivered: Record<number, number>, tags: string[] = []) {
  const sentAt = NOW - daysAgo * DAY
  const from = Math.floor(sentAt / HOUR) * HOUR
  const known = { appId: env.app.id, taskId, sentAt, knownBy: 'import' as const, createdAt: NOW }
  await env.store.tasks.put(env.app.id, taskId, () => ({ ...known, label: `Name of ${taskId}`, tags, note: '' }))
  for (const [age, count] of Object.entries(delivered)) {
    const counts = sent(20_000, count)
    const rows = counts.rows.map((row) => ({ ...row, vendor: 'xiaomi' as const }))
    const life = { task: taskId, from, to: from + 30 * DAY, life: true, kept: true }
    await env.store.windows.save(answer({ ...life, fetchedAt: sentAt + Number(age), counts: { ...counts, rows } }))
  }
}

test('campaigns of different days are compared at the largest age that both have', async () => {
  env = await openProtocolEnv()
  await observed('a', 8, { [HOUR]: 9_000, [DAY + 30]: 15_000, [7 * DAY]: 16_000 })
  await observed('b', 2, { [HOUR]: 9_050, [DAY]: 15_600 })
  const reply = compareTasksReply.parse(await compare({ task: 'a,b' }))
  expect([reply.age, reply.ages, reply.tasks.map(({ age }) => age)]).toEqual(['24h', ['1h', '24h'], [DAY + 30, DAY]])
  expect(reply.tasks[1]).toMatchObject({
    label: 'Name of b',
    delivery: { sent: 20_000, delivered: 15_600, rate: 0.78 },
    differences: { delivery: { beyondChance: true } },
  })
  const early = await compare({ task: ['a', 'b'], age: '1h' })
  expect(early.tasks[1]?.differences?.delivery?.beyondChance).toBe(false)
  expect((await compare({ task: 'a,b', age: '7d' })).tasks.map(({ gap }) => gap)).toEqual([null, 'too_young'])
  expect((await compare({ task: 'b,nobody' })).tasks[1]).toMatchObject({
    gap: 'not_collected',
    counts: null,
    label: '',
  })
  const lines = compareTasksCsv(reply, { demo: false }).split('\r\n')
  expect(lines[0]).toContain('delivery_difference,delivery_low,delivery_high,delivery_beyond_chance')
  expect(lines[1]).toMatch(/^a,Name of a,/)
  expect(lines[2]).toMatch(/,20000,15600,0.78,.*,true,/)
  expect(lines).toHaveLength(4)
  // The file says what its click rates are of, and which vendors its delivery rates cover.
  expect(lines[0]).toContain('compared_delivery_rate,click_rate,click_basis,compared_vendors,send_difference')
  const clicked = {
    ...reply,
    tasks: reply.tasks.map((task) => ({ ...task, counts: task.counts && { ...task.counts, clicked: 500 } })),
  }
  expect(compareTasksCsv(clicked, { demo: false }).split('\r\n')[2]).toContain(
    ',0.78,0.03205128205128205,delivered,xiaomi offline,',
  )
})

test('a comparison has two to five different campaigns', () => {
  for (const task of ['a', 'a,a', 'a,b,c,d,e,f', '']) expect(compareTasksQuery.safeParse({ task }).success).toBe(false)
  expect(compareTasksQuery.parse({ task: ['a', 'b,a'] }).task).toEqual(['a', 'b'])
})

test('a campaign stands beside the median of its tag, with related campaigns first', async () => {
  env = await openProtocolEnv()
  const rates = { a: 15_000, b: 12_000, c: 13_000, d: 14_000 }
  for (const [id, count] of Object.entries(rates)) await observed(id, 3, { [DAY]: count }, ['rare', 'sale'])
  await observed('other', 1, { [HOUR]: 1_000 })
  const found = await campaign('a')
  expect(found.task).toMatchObject({ label: 'Name of a', tags: ['rare', 'sale'] })
  expect(found.growth.ages['24h'].funnel?.total.rates.deliveryReporting).toBe(0.75)
  expect(found.median).toMatchObject({ tag: 'rare', ages: { '24h': { delivery: 0.65 } } })
  expect(found.others.map(({ taskId }) => taskId)).toEqual(['b', 'c', 'd', 'other'])
  expect((await campaign('other')).median).toBeNull()
})

test('a TaskID that nobody registered says so, and which app it names', async () => {
  env = await openProtocolEnv()
  const foreign = `batch_${(NOW - DAY).toString(16)}_${(1_600_119_377).toString(16)}_2000005e80aa873_d03ac87_1`
  const found = await campaign(foreign)
  expect(found).toMatchObject({ task: null, otherApp: 1_600_119_377, median: null, others: [] })
  expect(found.growth.sentAt).toBe(NOW - DAY)
})
