import { expect, test } from 'vitest'
import { HORIZON } from '@/lib/contract/limits'
import type { Ask } from '@/lib/gateway/entry'
import { upstreamApp } from '@/lib/gateway/testing/gateway-env'
import { lifeOf } from '@/lib/report/tasks/life'
import type { Store } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { DAY, HOUR, newApp, sent, storeWithApp } from '@/lib/store/testing/rows'
import type { Answer } from '@/lib/timpush/question'
import { createLives } from './lives'

const NOW = 1_795_162_800
const APP = newApp().id

/** Lives whose every question is answered at once with the counts given; a task without counts is not in the results. */
function answered(store: Store, counts: Record<string, number>, nowS = NOW, raw = '{}') {
  const asks: Ask[] = []
  const results = Object.entries(counts).map(([task, n]) => ({ task, ...sent(n) }))
  const answer: Answer = { kind: 'statistics', results, raw, quarantined: [] }
  const ask = (one: Ask) => {
    asks.push(one)
    return { done: one.keep(answer).then(() => 'kept' as const), place: () => null, etaMs: () => null }
  }
  return { asks, lives: createLives({ store, gateway: { ask }, clock: { dataS: () => nowS } }) }
}

describeStores('the lives of tasks', (stores) => {
  test('are held each as its own though asked for together, and kept where the upstream knows them and we know when', async () => {
    const store = await storeWithApp(stores)
    const { asks, lives } = answered(store, { young: 20, old: 300, somewhen: 4 })
    const sentAt = { young: NOW - 5 * HOUR, old: NOW - 3 * DAY, absent: NOW - DAY, somewhen: null }
    const all = Object.entries(sentAt).map(([taskId, at]) => lifeOf({ taskId, sentAt: at }, 'statistics', NOW))
    const wanted = { app: upstreamApp(APP), metric: 'statistics' as const, lives: all }
    await lives.fetch(wanted, 'settling', NOW).done
    expect(asks.map(({ question }) => question)).toEqual([
      {
        endpoint: 'all_member_push_statistics',
        from: Math.min(...all.map(({ from }) => from)),
        to: NOW,
        tasks: ['young', 'old', 'absent', 'somewhen'],
      },
    ])
    const held = await lives.held(wanted)
    expect(all.map(({ task }) => held.get(task)?.counts?.total.sent ?? null)).toEqual([20, 300, null, 4])
    for (const { task, from, to } of all) expect(held.get(task)).toMatchObject({ from, to, fetchedAt: NOW })

    expect(await store.observations.of({ appId: APP, task: 'old' })).toEqual([{ fetchedAt: NOW, counts: sent(300) }])
    expect(await store.observations.of({ appId: APP, task: 'absent' })).toEqual([])
    await store.windows.prune(NOW + 1)
    expect([...(await lives.held(wanted)).keys()].sort()).toEqual(['old', 'young'])
    // They are no windows of the overall, and no hole of it.
    expect(await store.windows.headers({ appId: APP, source: 'task', from: 0 })).toEqual([])
  })

  test('are not asked for again while what is held is young, nor by who waits behind one who asked', async () => {
    const store = await storeWithApp(stores)
    const life = lifeOf({ taskId: 'a', sentAt: NOW - 10 * HOUR }, 'statistics', NOW)
    const wanted = { app: upstreamApp(APP), metric: 'statistics' as const, lives: [life] }
    const before = answered(store, { a: 5 })
    await Promise.all((await before.lives.find(wanted, 'single')).tickets.map(({ done }) => done))
    expect(before.asks).toHaveLength(1)
    const soon = answered(store, { a: 9 }, NOW + 4 * HOUR)
    expect(await soon.lives.find(wanted, 'single')).toMatchObject({ tickets: [], states: new Map([['a', 'held']]) })
    const later = answered(store, { a: 9 }, NOW + 6 * HOUR)
    expect((await later.lives.find(wanted, 'single')).states.get('a')).toBe('stale')
    await expect.poll(() => later.asks[0]?.satisfied?.()).toBe(true)
    expect(await answered(store, {}, NOW + 7 * HOUR).lives.find(wanted, 'single')).toMatchObject({ tickets: [] })
  })

  test('the upstream no longer tells of stay what was told of them, with its words, and are not observed anew', async () => {
    const store = await storeWithApp(stores)
    const life = lifeOf({ taskId: 'a', sentAt: NOW - 29 * DAY }, 'statistics', NOW)
    const wanted = { app: upstreamApp(APP), metric: 'statistics' as const, lives: [life] }
    await answered(store, { a: 5 }).lives.fetch(wanted, 'settling', NOW).done
    await answered(store, {}, NOW + HOUR, '{"Results":[]}').lives.fetch(wanted, 'settling', NOW + HOUR).done
    const held = (await answered(store, {}).lives.held(wanted)).get('a')
    expect(held).toMatchObject({ counts: sent(5), fetchedAt: NOW + HOUR, revision: 1, fellAt: null })
    expect(await store.windows.raw(held?.id ?? 0)).toBe('{}')
    expect(await store.observations.of({ appId: APP, task: 'a' })).toHaveLength(1)
  })

  test('the upstream has forgotten are not asked for, and closed with the others of their time', async () => {
    const store = await storeWithApp(stores)
    const life = lifeOf({ taskId: 'a', sentAt: NOW - 29 * DAY }, 'statistics', NOW)
    const wanted = { app: upstreamApp(APP), metric: 'statistics' as const, lives: [life] }
    await answered(store, { a: 5 }).lives.fetch(wanted, 'settling', NOW).done
    await store.windows.close('statistics', NOW + 2 * DAY - HORIZON.statistics)
    const { asks, lives } = answered(store, { a: 0 }, NOW + 2 * DAY)
    const found = await lives.find(wanted, 'single')
    expect([found.states.get('a'), found.held.get('a')?.final, asks]).toEqual(['held', true, []])
  })
})
