import { afterEach, describe, expect, test } from 'vitest'
import type { Switches } from '@/emulator/switches'
import { DAY, HOUR } from '@/lib/contract/limits'
import { isDecisive } from '@/lib/report/collect/probe'
import { isProbeDue, type ProbeDeps, probe, readProbeResult } from './probe'
import { NOW } from './testing/archive-env'
import { type NetworkEnv, openNetworkEnv } from './testing/network-env'

let env: NetworkEnv
afterEach(() => env.close())

interface Campaign {
  taskId: string
  at: number
  audience: string
}

/** Stores a settled day, as a day and as hours, with a campaign sent at a second that shows how EndTime counts. */
async function storeDay(switches: Partial<Switches>): Promise<{ deps: ProbeDeps; calls(): Promise<number> }> {
  env = await openNetworkEnv({ switches })
  const { app, archive, store, gateway, clock } = env
  const { items } = (await env.control('/truth/tasks')) as { items: Campaign[] }
  const settled = items.filter(({ at }) => at > NOW - 20 * DAY && at < NOW - 5 * DAY)
  const telling = settled.find(({ at }) => isDecisive(at, app.utcOffsetMin))
  const large = settled.find(({ audience }) => audience === 'all')
  if (!telling || !large) throw new Error('no campaign at a telling second, or none to all')
  for (const { taskId, at } of [telling, large]) {
    const task = { appId: app.id, taskId, sentAt: at, createdAt: clock.dataS() }
    await store.tasks.register({ ...task, knownBy: 'lookup' })
  }
  const midnight = Math.floor((NOW - 4 * DAY + 8 * HOUR) / DAY) * DAY - 8 * HOUR
  const request = { app: env.upstreamApp(), source: 'chat' as const, metric: 'statistics' as const, tasks: [''] }
  const spans = Array.from({ length: 24 }, (_, i) => ({ from: midnight + i * HOUR, to: midnight + (i + 1) * HOUR }))
  const tickets = [...spans, { from: midnight, to: midnight + DAY }].map((window) =>
    archive.fetch({ ...request, window }, { priority: 'single', waiter: null }, clock.dataS()),
  )
  await Promise.all(tickets.map((ticket) => ticket.done))
  const total = async () =>
    (await env.calls('normal_push_statistics')) + (await env.calls('all_member_push_statistics'))
  const before = await total()
  return {
    deps: { store, gateway, clock, upstreamApp: env.upstreamApp },
    calls: async () => (await total()) - before,
  }
}

async function probeWith(switches: Partial<Switches>) {
  const { deps, calls } = await storeDay(switches)
  await probe(deps, env.app)
  const made = await calls()
  expect(made).toBeLessThanOrEqual(14)
  return { found: await readProbeResult(env.store.settings, env.app.id), app: await env.store.apps.get(env.app.id) }
}

describe('the probe', () => {
  const COMMON = { parts: 'add_up', hours: 'add_up' } as const
  test.each<[Partial<Switches>, object]>([
    [{}, { ...COMMON, end: { end: 'excluded', unit: 'minute' }, counted: 'sending' }],
    [
      { countBy: 'event', endTime: 'inclusive', grain: 'second' },
      { ...COMMON, end: { end: 'included', unit: 'second' }, counted: 'event' },
    ],
  ])('measures the switches of the emulator: %o', async (switches, expected) => {
    const { found: seen, app } = await probeWith(switches)
    expect(seen).toMatchObject(expected)
    expect(app?.byDay).toBe(false)
  })

  test('switches to collection by day when Tencent counts only whole days, and back to hours afterwards', async () => {
    const { found: seen, app } = await probeWith({ grain: 'day' })
    expect(seen).toMatchObject({ parts: 'differ', hours: 'differ', end: { unit: 'day' } })
    if (!app) throw new Error('no app')
    expect(app.byDay).toBe(true)
    await env.control('/switches', { grain: 'minute' })
    const { store, gateway, clock, upstreamApp } = env
    await probe({ store, gateway, clock, upstreamApp }, app)
    expect((await store.apps.get(app.id))?.byDay).toBe(false)
  })

  test('makes no call and changes nothing while nothing is stored, and retries soon', async () => {
    env = await openNetworkEnv()
    const { store, gateway, upstreamApp, app } = env
    let at = env.clock.dataS()
    const deps = { store, gateway, upstreamApp, clock: { dataS: () => at } }
    expect(await isProbeDue(deps, app.id)).toBe(true)
    await probe(deps, app)
    expect(await readProbeResult(store.settings, app.id)).toEqual({
      at,
      parts: null,
      hours: null,
      end: null,
      counted: null,
      lag: null,
    })
    expect(await env.calls('normal_push_statistics')).toBe(0)
    expect(await isProbeDue(deps, app.id)).toBe(false)
    at += HOUR
    expect(await isProbeDue(deps, app.id)).toBe(true)
    await store.settings.set(`probes:${app.id}`, JSON.stringify({ at, parts: 'add_up', hours: null }))
    at += DAY - 1
    expect(await isProbeDue(deps, app.id)).toBe(false)
    at += 1
    expect(await isProbeDue(deps, app.id)).toBe(true)
  })
})
