import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { World } from '@/emulator/world/world'
import { authorize } from '@/lib/access/authorize'
import type { KnownPrincipal } from '@/lib/access/principal'
import { type House, NOW, openHouse, SDK_APP_ID } from '@/lib/archive/house.test.help'
import { funnelQuery, funnelReply } from '@/lib/contract/funnel'
import { DAY, HORIZON, HOUR } from '@/lib/contract/limits'
import { taskCoverQuery, taskCoverReply } from '@/lib/contract/task-cover'
import { platformOf } from '@/lib/contract/vendors'
import { type Life, lifeOf } from '@/lib/report/life'
import { iso } from '@/lib/report/time'
import { earliestAskable } from '@/lib/report/windows'
import type { HeldWindow } from '@/lib/store/windows'
import type { Context } from './context'
import { getFunnel } from './get-funnel'
import { getTaskCover } from './get-task-cover'

const VIEWER: KnownPrincipal = { kind: 'token', id: 'pm', name: 'pm', role: 'viewer', app: '1400000001' }
const METRICS = ['statistics', 'loss'] as const
type Metric = (typeof METRICS)[number]
interface Sent {
  taskId: string
  at: number
}

let house: House

const context = () =>
  ({ ...house, now: () => house.now() * 1_000, retentionTracesDays: 90, vault: {} }) as unknown as Context

const know = ({ taskId, at }: Sent) =>
  house.store.tasks.know({ appId: house.app.id, taskId, sentAt: at, knownBy: 'import', createdAt: house.now() })

const sentTasks = async () => ((await house.control('/truth/tasks')) as { items: Sent[] }).items

async function heldLife(life: Life, metric: Metric): Promise<HeldWindow | undefined> {
  const { task, from, to } = life
  const subject = { appId: house.app.id, source: 'task' as const, metric, tasks: [task] }
  return (await house.store.windows.find({ ...subject, from, to }))[0]
}

/** Waits until every life that can be asked for is held and is not older than `since`. */
async function observed(tasks: Sent[], metric: Metric, since: number): Promise<Life[]> {
  const now = house.now()
  const lives = tasks
    .map(({ taskId, at }) => lifeOf({ taskId, sentAt: at }, metric, now))
    .filter(({ from, sentAt }) => from >= earliestAskable(HORIZON[metric], now) && (sentAt ?? 0) <= now - HOUR)
  for (const deadline = Date.now() + 30_000; ; await pause(10)) {
    const held = await Promise.all(lives.map((life) => heldLife(life, metric)))
    if (held.every((one) => (one?.fetchedAt ?? -1) >= since)) return lives
    if (Date.now() > deadline) throw new Error(`not all ${metric} of ${lives.length} tasks came`)
  }
}

interface Truth {
  total: object | null
  vendors: { platform: number; eventType: number; sendable: number; sent: number; delivered: number; clicked: number }[]
  stages: Record<string, { platform: number; eventType: number; code: string; count: number }[]>
  totals: Record<string, { code: string; count: number }[]>
}

const lines = (rows: unknown[][]) => rows.map((row) => JSON.stringify(row)).sort()
const four = (row: object) => {
  const { sendable, sent, delivered, clicked } = row as Record<string, number>
  return [sendable, sent, delivered, clicked]
}

/** The truth of a task up to a minute of its fetch, as rows of text. */
async function truthOf({ task, from }: Life, metric: Metric, to: number, asOf: number): Promise<string[]> {
  const query = new URLSearchParams({ source: 'task', metric, task, from: `${from}`, to: `${to}`, asOf: `${asOf}` })
  const { total, vendors, stages, totals } = (await house.control(`/truth?${query}`)) as Truth
  const channel = (eventType: number) => (eventType === 1 ? 'offline' : 'online')
  if (metric === 'statistics') {
    if (total === null) return ['unknown']
    return lines([four(total), ...vendors.map((row) => [row.platform, channel(row.eventType), ...four(row)])])
  }
  return lines(
    Object.keys(stages).flatMap((stage) => [
      ...(stages[stage] ?? []).map((row) => [stage, row.platform, channel(row.eventType), row.code, row.count]),
      ...(totals[stage] ?? []).map((row) => [stage, null, null, row.code, row.count]),
    ]),
  )
}

function saidOf({ counts, losses }: Said): string[] {
  if (losses) {
    return lines(
      losses.map((row) => [row.stage, row.vendor && platformOf(row.vendor), row.channel, row.code, row.count]),
    )
  }
  if (!counts) return ['unknown']
  return lines([four(counts.total), ...counts.rows.map((row) => [platformOf(row.vendor), row.channel, ...four(row)])])
}

type Said = Pick<HeldWindow, 'counts' | 'losses' | 'fetchedAt'>

/** Whether an answer is the truth of a second it can be of: it was asked for up to a minute before it came. */
async function isTrue(life: Life, metric: Metric, held: Said): Promise<boolean> {
  const said = JSON.stringify(saidOf(held))
  const minute = held.fetchedAt - (held.fetchedAt % 60)
  for (const to of [minute, minute - 60]) {
    for (const asOf of [held.fetchedAt, held.fetchedAt - 1]) {
      if (JSON.stringify(await truthOf(life, metric, to, asOf)) === said) return true
    }
  }
  return false
}

async function wrong(lives: Life[], metric: Metric): Promise<Life[]> {
  const found: Life[] = []
  for (const life of lives) {
    const held = await heldLife(life, metric)
    if (!held || !(await isTrue(life, metric, held))) found.push(life)
  }
  return found
}

describe('of tasks counted by event', () => {
  const first = NOW - (NOW % HOUR) - 5 * DAY
  const end = NOW - (NOW % HOUR) - 2 * HOUR
  let tasks: Sent[]
  let withheld: Sent
  let collector: ReturnType<House['collector']>

  beforeAll(async () => {
    house = await openHouse({ switches: { countBy: 'event', lag: 'none', endTime: 'exclusive' } })
    tasks = await sentTasks()
    withheld = tasks.findLast(({ at }) => at < end) ?? fail()
    for (const one of tasks) if (one !== withheld) await know(one)
    collector = house.collector()
    collector.start()
  })
  afterAll(async () => {
    await collector.stop()
    await house.end()
  })

  test.each(METRICS)('every life is the truth, row by row (%s)', async (metric) => {
    const known = tasks.filter((one) => one !== withheld)
    const lives = await observed(known, metric, NOW)
    expect(lives.length).toBeGreaterThan(metric === 'statistics' ? 30 : 6)
    expect(await wrong(lives.slice(-12), metric)).toEqual([])
  })

  test('the cover says how much nobody registered, and nothing once all are known', async () => {
    const hours = tasks.map(({ at }) => at - (at % HOUR)).filter((at) => at >= first && at < end)
    const subject = { app: house.upstreamApp(), source: 'task' as const, metric: 'statistics' as const, tasks: [''] }
    // The hour after, too: what is sent late in an hour goes on into the next.
    for (const from of new Set(hours.flatMap((hour) => [hour, hour + HOUR]))) {
      const { tickets } = await house.archive.find({ ...subject, window: { from, to: from + HOUR } }, 'single')
      await Promise.all(tickets.map(({ done }) => done))
    }
    const cover = async () => {
      const query = taskCoverQuery.parse({ from: String(first), to: String(end) })
      return taskCoverReply.parse(await getTaskCover(context(), authorize(VIEWER, 'read', house.app, query)))
    }
    const before = await cover()
    await know(withheld)
    await house.jump(60)
    const [life] = await observed([withheld], 'statistics', NOW)
    const sent = (life && (await heldLife(life, 'statistics')))?.counts?.total.sent ?? 0
    expect(sent).toBeGreaterThan(0)
    expect(before.sum.unregistered).toBe(sent)
    expect(before.hours.find(({ unregistered }) => unregistered)?.from).toBe(iso(life?.from ?? 0))
    const after = await cover()
    expect(after.sum.unregistered).toBe(0)
    expect(after.sum.hours).toBeGreaterThanOrEqual(new Set(hours).size)
    // Whoever asks for its life gets it at once.
    const scoped = authorize(VIEWER, 'read', house.app, funnelQuery.parse({ task: withheld.taskId }))
    expect(funnelReply.parse(await getFunnel(context(), scoped, 0)).total?.sent).toBe(sent)
  })

  test('observations stand at the ages, each the truth of its second', async () => {
    const world = new World(1, SDK_APP_ID, NOW)
    const next = world.campaigns(NOW + 4 * DAY).find(({ at }) => at > NOW + HOUR) ?? fail()
    const life = lifeOf({ taskId: next.taskId, sentAt: next.at }, 'statistics', next.at)
    await house.jump(next.at + 120 - house.now())
    await know(next)
    const all = () => house.store.observations.of({ appId: house.app.id, task: next.taskId })
    const ages = [HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY]
    const dates = [...ages.map((age) => next.at + age), life.to - HOUR]
    for (const at of dates) {
      await house.jump(at + 5 - house.now())
      await expect
        .poll(async () => (await all()).at(-1)?.fetchedAt ?? 0, { timeout: 10_000 })
        .toBeGreaterThanOrEqual(at)
    }
    const made = await all()
    expect(made.map(({ fetchedAt }, i) => fetchedAt - (dates[i] ?? 0) < 60)).toEqual(dates.map(() => true))
    for (const one of made) expect(await isTrue(life, 'statistics', { ...one, losses: null })).toBe(true)
    const counts = made.map((one) => one.counts.total.delivered ?? 0)
    expect(counts).toEqual(counts.toSorted((a, b) => a - b))
    expect(counts[0]).toBeLessThan(counts.at(-1) ?? 0)
    // Its losses too, a last time before they are forgotten.
    const losses = await heldLife(lifeOf({ taskId: next.taskId, sentAt: next.at }, 'loss', next.at), 'loss')
    expect(losses?.fetchedAt).toBeGreaterThan(next.at + 3 * DAY)
  }, 30_000)
})

test('lives counted by sending, a day late, with the last second included, are the truth too', async () => {
  house = await openHouse({ switches: { countBy: 'sending', lag: 'day', endTime: 'inclusive' } })
  const tasks = await sentTasks()
  for (const one of tasks) await know(one)
  const collector = house.collector()
  collector.start()
  for (const metric of METRICS) expect(await wrong((await observed(tasks, metric, NOW)).slice(-8), metric)).toEqual([])
  await collector.stop()
  await house.end()
})

function fail(): never {
  throw new Error('the world has no such task')
}
