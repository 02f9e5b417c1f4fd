import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { truthOfStatistics } from '@/emulator/control/truth'
import { authorize } from '@/lib/access/authorize'
import { NOW } from '@/lib/archive/testing/archive-env'
import { openProtocolEnv, type ProtocolEnv } from '@/lib/archive/testing/protocol-env'
import { type ChangeReply, type ChangesReply, changesQuery, changesReply } from '@/lib/contract/changes/changes'
import { DAY, HOUR } from '@/lib/contract/limits'
import { SOURCES, type Source } from '@/lib/contract/sources'
import { platformOf, type Vendor } from '@/lib/contract/vendors'
import type { Context } from '@/lib/service/context'
import { createCaches } from '@/lib/service/read/caches'
import { resolveChanges } from '@/lib/service/read/resolve-question'
import { clockAt } from '@/lib/testing/clock'
import { changesCsv } from './changes-csv'
import { getChanges } from './get-changes'

const TOKEN = { kind: 'token', id: 't', name: 't', role: 'viewer', apps: ['*'] } as const
/** Midnight of the anchor day at +08:00. */
const TODAY = Math.floor((NOW + 8 * HOUR) / DAY) * DAY - 8 * HOUR

let env: ProtocolEnv
beforeAll(async () => {
  env = await openProtocolEnv({ users: 12_000 })
  await env.collect()
}, 240_000)
afterAll(() => env.close())

const second = (iso: string) => Date.parse(iso) / 1_000

async function ask(query: Record<string, string>): Promise<ChangesReply> {
  const { store, app } = env
  const clock = clockAt(NOW)
  const ctx = { store, clock, caches: createCaches(clock) } as Partial<Context> as Context
  const scoped = authorize(TOKEN, 'read', (await store.apps.get(app.id)) ?? app, changesQuery.parse(query))
  return changesReply.parse(await getChanges(ctx, resolveChanges(ctx, scoped)))
}

/** Returns the changes of the local day so many days before the anchor day. */
const ofDay = (source: Source, back: number) =>
  ask({ source, from: String(TODAY - back * DAY), to: String(TODAY - (back - 1) * DAY) })

const named = ({ items }: ChangesReply) => items.map(({ vendor, kind }) => `${vendor} ${kind}`).sort()

/** Sums what a vendor really sent and delivered, of the part of a change inside the range. */
function truthOf({ range, source }: ChangesReply, { vendor, from, to }: ChangeReply) {
  const span = {
    from: Math.max(second(from), second(range.from)),
    to: Math.min(to === null ? Infinity : second(to), second(range.to)),
  }
  const { vendors } = truthOfStatistics(env.world, { source, task: null, ...span, asOf: NOW }, env.switches)
  const own = vendors.find(({ platform }) => platform === platformOf(vendor as Vendor))
  return { sent: own?.sent, delivered: own?.delivered }
}

describe.each(SOURCES)('the incidents of %s', (source) => {
  test('are each named on the days that contain them, and by nothing on the others', async () => {
    const days = await Promise.all(Array.from({ length: 14 }, (_, back) => ofDay(source, back)))
    const found = days.map((day) => named(day))
    for (const [back, names] of found.entries()) {
      expect(names.includes('xiaomi fell'), `xiaomi, ${back} days ago`).toBe(back === 6)
      expect(names.includes('apns fell'), `apns, ${back} days ago`).toBe(back === 1)
      expect(names.includes('huawei receipts_began'), `huawei, ${back} days ago`).toBe(back === 4)
      if (back <= 3) expect(names, `vivo, ${back} days ago`).toContain('vivo fell')
      if (back > 6) expect(names, `${back} days ago`).toEqual([])
      expect(names.filter((name) => !/^(xiaomi|apns|vivo) fell$|^huawei receipts_began$/.test(name))).toEqual([])
    }
  })

  test('are all named over a week, with the numbers of the truth', async () => {
    const reply = await ask({ source, range: '7d' })
    expect(named(reply)).toEqual(['apns fell', 'huawei receipts_began', 'vivo fell', 'xiaomi fell'])
    for (const item of reply.items.filter(({ kind }) => kind === 'fell')) {
      const { sent = 0, delivered = 0 } = truthOf(reply, item)
      expect(item.pushes).toBe(sent)
      expect(item.now).toBeCloseTo(delivered / sent, 9)
      expect(item.messages).toBe(Math.round(delivered - sent * (item.before ?? 0)))
    }
  })

  test('have the hours at which they began and ended', async () => {
    const { items } = await ask({ source, range: '7d' })
    const hours = (vendor: string) => items.find((one) => one.vendor === vendor) ?? null
    const { apnsCertificateExpired, xiaomiSilent, huaweiReceipts, vivoTokensStale } = env.world.incidents
    expect(second(hours('apns')?.from ?? '')).toBe(apnsCertificateExpired.from)
    expect(second(hours('huawei')?.from ?? '')).toBe(huaweiReceipts.from)
    // At night nothing is sent to tell the hour by.
    const night = 9 * HOUR
    expect(Math.abs(second(hours('apns')?.to ?? '') - apnsCertificateExpired.to)).toBeLessThanOrEqual(2 * HOUR)
    expect(Math.abs(second(hours('xiaomi')?.from ?? '') - xiaomiSilent.from)).toBeLessThanOrEqual(night)
    expect(Math.abs(second(hours('xiaomi')?.to ?? '') - xiaomiSilent.to)).toBeLessThanOrEqual(night)
    // The tokens go stale slowly. Within a day and a half the loss exceeds what days usually vary.
    expect(second(hours('vivo')?.from ?? '') - vivoTokensStale.from).toBeLessThanOrEqual(1.5 * DAY)
    expect(second(hours('vivo')?.from ?? '') - vivoTokensStale.from).toBeGreaterThan(-DAY)
    expect(hours('vivo')?.to).toBeNull()
  })

  test('have the code that explains them, and none where no code does', async () => {
    const { items } = await ask({ source, range: '7d' })
    const codes = Object.fromEntries(items.map(({ vendor, code }) => [vendor, code?.code ?? null]))
    expect(codes).toEqual({ apns: '400', vivo: '10302', xiaomi: null, huawei: null })
  })

  test('keep their start in a range that begins later', async () => {
    const { items } = await ask({ source, range: 'today' })
    const vivo = items.find(({ vendor }) => vendor === 'vivo')
    expect(second(vivo?.from ?? '')).toBeLessThan(TODAY - 3 * DAY)
  })
})

test('both splits add up to the change, and equal the comparison of the overview', async () => {
  const { comparison } = await ask({ source: 'chat', range: '7d', compare: 'previous' })
  for (const split of [comparison?.send, comparison?.delivery]) {
    const parts = (split?.vendors ?? []).reduce((sum, { rate }) => sum + rate, split?.mix ?? Number.NaN)
    expect(parts).toBeCloseTo(split?.change ?? Number.NaN, 12)
  }
  // Receipts of HUAWEI began within the week, so its deliveries are compared with nothing.
  expect(comparison?.delivery?.vendors.map(({ vendor }) => vendor)).not.toContain('huawei')
  expect(comparison?.delivery?.vendors[0]).toMatchObject({ vendor: 'xiaomi' })
})

test('the CSV has a row for each change, with an empty cell where something is unknown', async () => {
  const reply = await ask({ source: 'chat', range: '7d' })
  const lines = changesCsv(reply, { demo: false }).trimEnd().split('\r\n')
  expect(lines).toHaveLength(1 + reply.items.length)
  expect(lines[0]).toContain('state,change,vendor,channel,rate,since,until')
  expect(lines.find((line) => line.includes('receipts_began'))).toMatch(/,huawei,,,[^,]+,,,,,,,,,$/)
})

test('a range without a stored hour is not examined, also after weeks of history', async () => {
  const next = Math.floor(NOW / HOUR) * HOUR
  const reply = await ask({ source: 'chat', from: String(next - HOUR / 2), to: String(next + HOUR / 2) })
  expect(reply).toMatchObject({ state: 'no_data', held: 0, items: [] })
  const [head = '', row = ''] = changesCsv(reply, { demo: false }).split('\r\n')
  expect(row.split(',')[head.split(',').indexOf('state')]).toBe('no_data')
})

test('of a long range the last 35 days are examined, and only their hours are counted', async () => {
  const reply = await ask({ source: 'chat', from: String(TODAY - 90 * DAY), to: String(TODAY) })
  expect([second(reply.searched.from), second(reply.searched.to)]).toEqual([TODAY - 35 * DAY, TODAY])
  expect(reply.expected).toBe(35 * 24)
})
