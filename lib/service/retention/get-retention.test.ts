import { expect, test } from 'vitest'
import type { Principal } from '@/lib/access/principal'
import { removeExpired } from '@/lib/archive/upkeep'
import type { RetentionKind } from '@/lib/contract/installation/retention-kinds'
import type { Context } from '@/lib/service/context'
import type { Store } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { answer, DAY, HOUR, newApp, storeWithApp, T0 } from '@/lib/store/testing/rows'
import { newShare } from '@/lib/store/testing/shares'
import { getRetention } from './get-retention'

const APP = newApp().id
const person = {
  kind: 'person',
  id: 'ann',
  name: 'Ann',
  email: 'a@example.com',
  sessionIdHash: '',
  network: '',
} as const
const owner: Principal = { ...person, grants: [{ app: '*', role: 'admin' }] }
const clock = { wallMs: () => T0 * 1_000, dataS: () => T0 }
const copy = (daysAgo: number, origin: 'schedule' | 'person') => {
  return { name: `of ${daysAgo}`, at: T0 - daysAgo * DAY, bytes: 1_000_000, origin }
}
const backups = {
  supported: true,
  keep: 2,
  everyS: DAY,
  list: async () => [copy(0, 'schedule'), copy(1, 'schedule'), copy(2, 'schedule'), copy(9, 'person')],
}

async function fill(store: Store): Promise<void> {
  const hour = { from: T0 - 2 * DAY, to: T0 - 2 * DAY + HOUR }
  await store.windows.save(answer({ ...hour, kept: true, fetchedAt: T0 - DAY }))
  await store.windows.save(answer({ from: T0 - 40 * DAY, to: T0 - 39 * DAY, kept: true, fetchedAt: T0 - 38 * DAY }))
  // Two ranges that somebody opened long ago. A frozen link shows the second.
  const exact = { from: T0 - 20 * DAY, to: T0 - 9 * DAY, fetchedAt: T0 - 9 * DAY }
  await store.windows.save(answer(exact))
  await store.windows.save(answer({ ...exact, from: exact.from + HOUR }))
  await store.windows.keep({ appId: APP, source: 'task', from: exact.from + HOUR, to: exact.to })
  for (const days of [1, 40, 95]) {
    const sealed = { keySealed: 'k', bodySealed: 'b'.repeat(880), personHash: null }
    await store.traces.save({ appId: APP, source: 'task', keyHash: `${days}`, fetchedAt: T0 - days * DAY, ...sealed })
  }
  await store.audit.failedSignIns.count(T0 - 91 * DAY, null, '203.0.113.0/24')
  await store.shares.create(newShare({ id: 'a', app_id: APP }))
  for (const days of [91, 5]) {
    const opening = { shareId: 'a', network: null, client: 'Firefox', outcome: 'opened' } as const
    await store.shares.noteOpening({ ...opening, at: T0 - days * DAY })
  }
}

describeStores('the retention', (stores) => {
  async function env() {
    const store = await storeWithApp(stores)
    await fill(store)
    const ctx = { store, clock, backups, retentionTracesDays: 90 } as unknown as Context
    const of = async (traces?: number) => {
      const { items } = await getRetention(ctx, owner, { traces })
      return (kind: RetentionKind) => items.find((one) => one.kind === kind)
    }
    return { store, ctx, of }
  }
  const dueOf = (of: Awaited<ReturnType<Awaited<ReturnType<typeof env>>['of']>>) =>
    (['exact', 'traces', 'failedSignIns', 'opens'] as const).map((kind) => of(kind)?.due?.rows)

  test('counts each kind, and how much of it a day adds', async () => {
    const of = await (await env()).of()
    const rows = (['hours', 'days', 'exact', 'traces', 'opens', 'backups'] as const).map((kind) => of(kind)?.rows)
    expect(rows).toEqual([1, 2, 1, 3, 2, 4])
    expect(of('days')?.oldest).toBe(new Date((T0 - 40 * DAY) * 1_000).toISOString())
    expect(of('traces')).toMatchObject({ bytes: 3 * (880 + 1 + 120), perDay: 1 / 7, days: 90 })
    expect(of('losses')).toMatchObject({ rows: 0, bytes: 0, oldest: null, due: null })
    expect(of('backups')).toMatchObject({ bytes: 4_000_000, newest: 2, due: { rows: 1 } })
  })

  test('the dry run names what the cleaning then deletes, and deletes nothing', async () => {
    const { store, of } = await env()
    expect(dueOf(await of())).toEqual([1, 1, 1, 1])
    const asked = await of(30)
    expect(dueOf(asked)).toEqual([1, 2, 1, 1])
    expect(asked('traces')?.days).toBe(90)
    const inTwoYears = (given: typeof asked) => given('traces')?.forecast.at(-1)?.bytes
    expect([inTwoYears(asked), inTwoYears(await of())]).toEqual([30, 90].map((n) => Math.round((n / 7) * 1_001)))
    expect(asked('traces')?.due?.oldest).toBe(new Date((T0 - 95 * DAY) * 1_000).toISOString())
    expect((await of())('traces')?.rows).toBe(3)
    await removeExpired({ store, clock, retentionTracesDays: 30 })
    const after = await of(30)
    expect(dueOf(after)).toEqual([0, 0, 0, 0])
    expect([after('traces')?.rows, after('opens')?.rows, after('exact')?.rows]).toEqual([1, 1, 0])
  })

  test('the windows of a frozen link are never due', async () => {
    const { store, of } = await env()
    await removeExpired({ store, clock: { ...clock, dataS: () => T0 + 900 * DAY }, retentionTracesDays: 1 })
    expect((await of())('days')?.rows).toBe(2)
  })

  test('is for administrators of all apps', async () => {
    const { ctx } = await env()
    const other: Principal = { ...person, grants: [{ app: APP, role: 'admin' }] }
    await expect(getRetention(ctx, other, {})).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('tells a place of backups that does not answer', async () => {
    const { ctx } = await env()
    const list = () => Promise.reject(new Error('no answer'))
    const reply = await getRetention({ ...ctx, backups: { ...ctx.backups, list } }, owner, {})
    expect(reply).toMatchObject({ backupsUnreachable: true })
    expect(reply.databaseBytes).toBeGreaterThan(10_000)
  })
})
