import { afterEach, describe, expect, test } from 'vitest'
import type { Switches } from '@/emulator/switches'
import { DAY, HOUR } from '@/lib/contract/limits'
import { isDecisive } from '@/lib/report/collect/probe'
import { isProbeDue, type ProbeDeps, probe, probed } from './probe'
import { type House, NOW, openHouse } from './testing/network-env'

let house: House
afterEach(() => house.end())

interface Campaign {
  taskId: string
  at: number
  audience: string
}

/** A day some days ago with a campaign at a telling second, held as a day and by its hours. */
async function held(switches: Partial<Switches>): Promise<{ deps: ProbeDeps; calls(): Promise<number> }> {
  house = await openHouse({ switches })
  const { app, archive, store, gateway, clock } = house
  const { items } = (await house.control('/truth/tasks')) as { items: Campaign[] }
  const settled = items.filter(({ at }) => at > NOW - 20 * DAY && at < NOW - 5 * DAY)
  const telling = settled.find(({ at }) => isDecisive(at, app.utcOffsetMin))
  const large = settled.find(({ audience }) => audience === 'all')
  if (!telling || !large) throw new Error('no campaign at a telling second, or none to all')
  for (const { taskId, at } of [telling, large]) {
    const task = { appId: app.id, taskId, sentAt: at, createdAt: clock.dataS() }
    await store.tasks.know({ ...task, knownBy: 'lookup' })
  }
  const midnight = Math.floor((NOW - 4 * DAY + 8 * HOUR) / DAY) * DAY - 8 * HOUR
  const wanted = { app: house.upstreamApp(), source: 'chat' as const, metric: 'statistics' as const, tasks: [''] }
  const spans = Array.from({ length: 24 }, (_, i) => ({ from: midnight + i * HOUR, to: midnight + (i + 1) * HOUR }))
  const tickets = [...spans, { from: midnight, to: midnight + DAY }].map((window) =>
    archive.fetch({ ...wanted, window }, 'single', clock.dataS()),
  )
  await Promise.all(tickets.map((ticket) => ticket.done))
  const total = async () =>
    (await house.calls('normal_push_statistics')) + (await house.calls('all_member_push_statistics'))
  const before = await total()
  return {
    deps: { store, gateway, clock, upstreamApp: house.upstreamApp },
    calls: async () => (await total()) - before,
  }
}

async function found(switches: Partial<Switches>) {
  const { deps, calls } = await held(switches)
  await probe(deps, house.app)
  const made = await calls()
  expect(made).toBeLessThanOrEqual(14)
  return { found: await probed(house.store.settings, house.app.id), app: await house.store.apps.get(house.app.id) }
}

describe('what a probe finds', () => {
  const COMMON = { parts: 'add_up', hours: 'add_up' } as const
  test.each<[Partial<Switches>, object]>([
    [{}, { ...COMMON, end: { end: 'excluded', unit: 'minute' }, counted: 'sending' }],
    [
      { countBy: 'event', endTime: 'inclusive', grain: 'second' },
      { ...COMMON, end: { end: 'included', unit: 'second' }, counted: 'event' },
    ],
  ])('is what is switched on: %o', async (switches, expected) => {
    const { found: seen, app } = await found(switches)
    expect(seen).toMatchObject(expected)
    expect(app?.byDay).toBe(false)
  })

  test('an upstream that knows only whole days is collected by the day, and by the hour again once it knows them', async () => {
    const { found: seen, app } = await found({ grain: 'day' })
    expect(seen).toMatchObject({ parts: 'differ', hours: 'differ', end: { unit: 'day' } })
    if (!app) throw new Error('no app')
    expect(app.byDay).toBe(true)
    await house.control('/switches', { grain: 'minute' })
    const { store, gateway, clock, upstreamApp } = house
    await probe({ store, gateway, clock, upstreamApp }, app)
    expect((await store.apps.get(app.id))?.byDay).toBe(false)
  })

  test('without anything held it asks nothing, changes nothing, and is tried again soon', async () => {
    house = await openHouse()
    const { store, gateway, upstreamApp, app } = house
    let at = house.clock.dataS()
    const deps = { store, gateway, upstreamApp, clock: { dataS: () => at } }
    expect(await isProbeDue(deps, app.id)).toBe(true)
    await probe(deps, app)
    expect(await probed(store.settings, app.id)).toEqual({
      ...{ at, parts: null, hours: null, end: null, counted: null, lag: null },
    })
    expect(await house.calls('normal_push_statistics')).toBe(0)
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
