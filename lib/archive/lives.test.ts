import { expect, test } from 'vitest'
import { HORIZON } from '@/lib/contract/limits'
import type { GatewayRequest } from '@/lib/gateway/queued-request'
import { upstreamApp } from '@/lib/gateway/testing/gateway-env'
import { lifeOf } from '@/lib/report/tasks/life'
import type { Store } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { DAY, HOUR, newApp, sent, storeWithApp } from '@/lib/store/testing/rows'
import type { Answer } from '@/lib/timpush/question'
import { createLives } from './lives'

const SINGLE = { priority: 'single', waiter: { principal: 'person:ann' } } as const
const NOW = 1_795_162_800
const APP = newApp().id

/** Opens lives whose requests are answered at once with these counts. A task without counts is not in the results. */
function answered(store: Store, counts: Record<string, number>, nowS = NOW, raw = '{}') {
  const requests: GatewayRequest[] = []
  const results = Object.entries(counts).map(([task, n]) => ({ task, ...sent(n) }))
  const answer: Answer = { kind: 'statistics', results, raw, quarantined: [] }
  const request = (one: GatewayRequest) => {
    requests.push(one)
    return { done: one.storeAnswer(answer).then(() => 'stored' as const), place: () => null, etaMs: () => null }
  }
  return { requests, lives: createLives({ store, gateway: { request }, clock: { dataS: () => nowS } }) }
}

describeStores('the lives of tasks', (stores) => {
  test('are stored one by one although requested together, and kept if Tencent returns them and their time of sending is known', async () => {
    const store = await storeWithApp(stores)
    const { requests, lives } = answered(store, { young: 20, old: 300, somewhen: 4 })
    const sentAt = { young: NOW - 5 * HOUR, old: NOW - 3 * DAY, absent: NOW - DAY, somewhen: null }
    const all = Object.entries(sentAt).map(([taskId, at]) => lifeOf({ taskId, sentAt: at }, 'statistics', NOW))
    const request = { app: upstreamApp(APP), metric: 'statistics' as const, lives: all }
    await lives.fetch(request, 'settling', NOW).done
    expect(requests.map(({ question }) => question)).toEqual([
      {
        endpoint: 'all_member_push_statistics',
        from: Math.min(...all.map(({ from }) => from)),
        to: NOW,
        tasks: ['young', 'old', 'absent', 'somewhen'],
      },
    ])
    const held = await lives.held(request)
    expect(all.map(({ task }) => held.get(task)?.counts?.total.sent ?? null)).toEqual([20, 300, null, 4])
    for (const { task, from, to } of all) expect(held.get(task)).toMatchObject({ from, to, fetchedAt: NOW })

    expect(await store.observations.of({ appId: APP, task: 'old' })).toEqual([{ fetchedAt: NOW, counts: sent(300) }])
    expect(await store.observations.of({ appId: APP, task: 'absent' })).toEqual([])
    await store.windows.prune(NOW + 1)
    const stored = await answered(store, {}).lives.held(request)
    expect([...stored.keys()].sort()).toEqual(['old', 'young'])
    // Lives are not windows of the overall and leave no gap in it.
    expect(await store.windows.headers({ appId: APP, source: 'task', from: 0 })).toEqual([])
  })

  test('are not requested again while the stored data is fresh, nor by a second caller', async () => {
    const store = await storeWithApp(stores)
    const life = lifeOf({ taskId: 'a', sentAt: NOW - 10 * HOUR }, 'statistics', NOW)
    const request = { app: upstreamApp(APP), metric: 'statistics' as const, lives: [life] }
    const before = answered(store, { a: 5 })
    await Promise.all((await before.lives.find(request, SINGLE)).tickets.map(({ done }) => done))
    expect(before.requests).toHaveLength(1)
    const soon = answered(store, { a: 9 }, NOW + 4 * HOUR)
    expect(await soon.lives.find(request, SINGLE)).toMatchObject({ tickets: [], states: new Map([['a', 'held']]) })
    const later = answered(store, { a: 9 }, NOW + 6 * HOUR)
    expect((await later.lives.find(request, SINGLE)).states.get('a')).toBe('stale')
    await expect.poll(() => later.requests[0]?.satisfied?.()).toBe(true)
    expect(await answered(store, {}, NOW + 7 * HOUR).lives.find(request, SINGLE)).toMatchObject({ tickets: [] })
  })

  test('that Tencent no longer returns keep their last data and get no new observation', async () => {
    const store = await storeWithApp(stores)
    const life = lifeOf({ taskId: 'a', sentAt: NOW - 29 * DAY }, 'statistics', NOW)
    const request = { app: upstreamApp(APP), metric: 'statistics' as const, lives: [life] }
    await answered(store, { a: 5 }).lives.fetch(request, 'settling', NOW).done
    await answered(store, {}, NOW + HOUR, '{"Results":[]}').lives.fetch(request, 'settling', NOW + HOUR).done
    const held = (await answered(store, {}).lives.held(request)).get('a')
    expect(held).toMatchObject({ counts: sent(5), fetchedAt: NOW + HOUR, revision: 1, fellAt: null })
    expect(await store.windows.raw(held?.id ?? 0)).toBe('{}')
    expect(await store.observations.of({ appId: APP, task: 'a' })).toHaveLength(1)
  })

  test('beyond the horizon are not requested, and are closed like other windows', async () => {
    const store = await storeWithApp(stores)
    const life = lifeOf({ taskId: 'a', sentAt: NOW - 29 * DAY }, 'statistics', NOW)
    const request = { app: upstreamApp(APP), metric: 'statistics' as const, lives: [life] }
    await answered(store, { a: 5 }).lives.fetch(request, 'settling', NOW).done
    await store.windows.close('statistics', NOW + 2 * DAY - HORIZON.statistics)
    const { requests, lives } = answered(store, { a: 0 }, NOW + 2 * DAY)
    const found = await lives.find(request, SINGLE)
    expect([found.states.get('a'), found.held.get('a')?.final, requests]).toEqual(['held', true, []])
  })
})
