import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { authorize } from '@/lib/access/authorize'
import { SDK_APP_ID } from '@/lib/archive/testing/archive-env'
import { type NetworkEnv, openNetworkEnv } from '@/lib/archive/testing/network-env'
import { type FunnelReply, funnelQuery } from '@/lib/contract/funnel'
import { DAY, HORIZON } from '@/lib/contract/limits'
import { type LossesReply, lossesQuery, lossesReply } from '@/lib/contract/losses'
import type { LossStage } from '@/lib/contract/records'
import { SOURCES, type Source } from '@/lib/contract/sources'
import { platformOf, type Vendor } from '@/lib/contract/vendors'
import { earliestAskable, refreshDueAt } from '@/lib/report/range/windows'
import type { Context } from '@/lib/service/context'
import { getFunnel } from '@/lib/service/funnel/get-funnel'
import { createCaches } from '@/lib/service/read/caches'
import { resolveFunnel, resolveLosses } from '@/lib/service/read/resolve-question'
import { clockAt } from '@/lib/testing/clock'
import { getLosses } from './get-losses'

let env: NetworkEnv
afterEach(() => env.close())

const TOKEN = { kind: 'token', id: 't', name: 't', role: 'viewer', apps: ['*'] } as const

/** A verb that reads losses or the funnel uses nothing else of the context. */
function context(): Context {
  const { store, gateway, archive, upstreamApp } = env
  const clock = clockAt(env.clock.dataS)
  return { store, gateway, archive, upstreamApp, clock, caches: createCaches(clock) } as unknown as Context
}

async function askFunnel(query: Record<string, string>): Promise<FunnelReply> {
  const ctx = context()
  const scoped = authorize(TOKEN, 'read', env.app, funnelQuery.parse(query))
  return getFunnel(ctx, resolveFunnel(ctx, scoped), 5_000)
}

async function ask(query: Record<string, string | string[]>): Promise<LossesReply> {
  const ctx = context()
  const scoped = authorize(TOKEN, 'read', env.app, lossesQuery.parse(query))
  return lossesReply.parse(await getLosses(ctx, resolveLosses(ctx, scoped), 5_000))
}

type Truth = Record<LossStage, { platform: number | null; code: string; count: number }[]>

const at = (iso: string) => Math.floor(Date.parse(iso) / 1_000)

/** Returns stage, vendor, code and count of each row once. */
const ours = ({ stages }: LossesReply) =>
  stages.flatMap(({ stage, reasons }) => {
    const sums = new Map<string, number>()
    for (const { code, vendors } of reasons ?? []) {
      for (const { vendor, count } of vendors) {
        const key = `${stage} ${platformOf(vendor as Vendor)} ${code}`
        sums.set(key, (sums.get(key) ?? 0) + (count ?? Number.NaN))
      }
    }
    return [...sums].map(([key, count]) => `${key} ${count}`).sort()
  })

async function truth(source: Source, { window }: LossesReply): Promise<string[]> {
  const query = `source=${source}&metric=loss&from=${at(window.from)}&to=${at(window.to)}&asOf=${env.clock.dataS()}`
  const { stages } = (await env.control(`/truth?${query}&sdkAppId=${SDK_APP_ID}`)) as { stages: Truth }
  return (['ready_to_send', 'post_send'] as const).flatMap((stage) =>
    stages[stage].map((row) => `${stage} ${row.platform} ${row.code} ${row.count}`).sort(),
  )
}

/** Returns whether every whole day that Tencent still answers is stored, and was fetched after its last change. */
async function daysSettled(): Promise<boolean> {
  const now = env.clock.dataS()
  const held = await Promise.all(
    SOURCES.map((source) => env.store.windows.headers({ appId: env.app.id, source, from: now - HORIZON.loss })),
  )
  return held.every((all) =>
    (['loss', 'statistics'] as const).every((metric) => {
      const from = earliestAskable(HORIZON.loss, now)
      const days = all.filter((one) => one.metric === metric && one.to - one.from === DAY && one.from >= from)
      return days.length >= 6 && days.every((one) => one.final || now <= refreshDueAt(one.to, one.fetchedAt))
    }),
  )
}

/** Runs the collector for so many days of data time, four at a time, so that each day is fetched again in time. */
async function collect(days: number): Promise<void> {
  for (let day = 0; day <= days; day += 4) {
    if (day > 0) await env.jump(4 * DAY)
    const collector = env.collector()
    collector.start()
    const deadline = Date.now() + 60_000
    while (!(await daysSettled())) {
      if (Date.now() > deadline) throw new Error('the days were not collected')
      await pause(20)
    }
    await collector.stop()
  }
}

test('losses of 24 hours, 7 and 30 days equal the truth, by stage, vendor and code', async () => {
  env = await openNetworkEnv()
  // Rows come twice and codes come as numbers. The counts must stay the same.
  for (const kind of ['duplicateRows', 'numbersAsStrings']) await env.control('/faults', { kind, endpoint: '*' })
  // Together with the days that Tencent answered at the start, that is a month.
  await collect(24)
  for (const source of SOURCES) {
    for (const range of ['24h', '7d', '30d']) {
      const reply = await ask({ source, range })
      expect(reply.coverage.missing).toEqual([])
      expect(reply.basis).toBe(range === '24h' ? 'exact' : 'sum')
      expect(ours(reply)).toEqual(await truth(source, reply))
      for (const { lost, explained, unexplained } of reply.stages) {
        expect((explained ?? Number.NaN) + (unexplained ?? Number.NaN)).toBe(lost)
      }
      // HUAWEI's receipts begin within the 30 days. The overview must count them as the losses do.
      const { total } = await askFunnel({ source, range })
      const sent = reply.stages.find(({ stage }) => stage === 'post_send')
      expect({ lost: total?.cover.lost, notReported: total?.cover.notReported }).toEqual({
        lost: sent?.lost,
        notReported: sent?.notReported,
      })
    }
  }
}, 240_000)
