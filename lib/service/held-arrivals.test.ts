import { afterEach, expect, test } from 'vitest'
import { authorize } from '@/lib/access/authorize'
import { SDK_APP_ID } from '@/lib/archive/testing/archive-env'
import { type NetworkEnv, openNetworkEnv } from '@/lib/archive/testing/network-env'
import { funnelQuery, funnelReply } from '@/lib/contract/funnel'
import { DAY, HOUR } from '@/lib/contract/limits'
import { lossesQuery, lossesReply } from '@/lib/contract/losses'
import { endpointOf, METRICS, SOURCES } from '@/lib/contract/sources'
import { clockAt } from '@/lib/testing/clock'
import type { Context } from './context'
import { getFunnel } from './funnel/get-funnel'
import { getLosses } from './losses/get-losses'
import { createCaches } from './read/caches'
import { resolveFunnel, resolveLosses } from './read/resolve-question'

/** The whole way over HTTP: what the collector has stored is answered without a call, and equals the emulator's truth. */
let env: NetworkEnv
afterEach(() => env.close())

const TOKEN = { kind: 'token', id: 't', name: 't', role: 'viewer', apps: ['*'] } as const
const ENDPOINTS = SOURCES.flatMap((source) => METRICS.map((metric) => endpointOf(source, metric)))

const newestHour = () => Math.floor(env.clock.dataS() / HOUR) * HOUR

/** Runs the collector until the last 24 hours are stored and no call is under way. */
async function collectLastDay(): Promise<void> {
  const collector = env.collector()
  collector.start()
  const storedHours = async () => {
    const all = await Promise.all(
      SOURCES.map((source) => env.store.windows.headers({ appId: env.app.id, source, from: newestHour() - DAY })),
    )
    return all.flat().filter(({ from, to }) => to - from === HOUR).length
  }
  await expect.poll(storedHours, { timeout: 60_000 }).toBeGreaterThanOrEqual(ENDPOINTS.length * 24)
  await collector.stop()
  const queued = async () => (await env.gateway.lanes(env.app.id)).reduce((sum, { queue }) => sum + queue, 0)
  await expect.poll(queued, { timeout: 60_000 }).toBe(0)
}

const arrivals = async () => (await Promise.all(ENDPOINTS.map((endpoint) => env.calls(endpoint)))).join(' ')

test('custom ranges over stored hours make no call and equal the truth', async () => {
  env = await openNetworkEnv()
  await collectLastDay()
  const { store, gateway, archive, upstreamApp } = env
  const clock = clockAt(env.clock.dataS)
  const parts = { store, gateway, archive, upstreamApp, clock, caches: createCaches(clock) }
  const ctx = parts as unknown as Context
  const scope = async <Q>(query: Q) => authorize(TOKEN, 'read', await store.apps.get(env.app.id), query)
  const newest = newestHour()
  const before = await arrivals()
  for (const source of SOURCES) {
    for (const [back, hours] of [
      [24, 24],
      [24, 7],
      [9, 9],
      [3, 1],
    ] as const) {
      const [from, to] = [newest - back * HOUR, newest - (back - hours) * HOUR]
      const range = { source, from: String(from), to: String(to) }
      const scoped = resolveFunnel(ctx, await scope(funnelQuery.parse({ ...range, interval: 'hour' })))
      const reply = funnelReply.parse(await getFunnel(ctx, scoped, 60_000))
      const query = `source=${source}&from=${from}&to=${to}&asOf=${env.clock.dataS()}&sdkAppId=${SDK_APP_ID}`
      const truth = (await env.control(`/truth?metric=statistics&${query}`)) as { total: { sent: number } }
      // One hour is one bucket, so its sum is its exact window.
      const basis = hours === 1 ? 'exact' : 'sum'
      expect(reply).toMatchObject({ totalBasis: basis, total: { sent: truth.total.sent } })
      expect(reply.coverage).toMatchObject({ held: hours, expected: hours })
      const losses = lossesReply.parse(
        await getLosses(ctx, resolveLosses(ctx, await scope(lossesQuery.parse(range))), 60_000),
      )
      expect(losses).toMatchObject({ basis, freshness: { place: null } })
    }
  }
  expect(await arrivals()).toBe(before)
}, 120_000)
