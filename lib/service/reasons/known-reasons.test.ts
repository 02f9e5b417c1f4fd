import { expect, test } from 'vitest'
import { authorize } from '@/lib/access/authorize'
import type { KnownPrincipal } from '@/lib/access/principal'
import { knownReasonBody } from '@/lib/contract/known-reasons'
import type { Role } from '@/lib/contract/roles'
import type { Context } from '@/lib/service/context'
import { describeStores } from '@/lib/store/testing/database'
import { DAY, storeWithApp, T0 } from '@/lib/store/testing/rows'
import { clockAt } from '@/lib/testing/clock'
import { clearKnownReason, setKnownReason } from './known-reasons'

const NOW = T0 + 10 * DAY
const KEY = { source: 'task', stage: 'post_send', code: '16' } as const
const who = (role: Role): KnownPrincipal => ({ kind: 'token', id: role, name: role, role, apps: ['1400000001'] })

describeStores('marking a reason as known', (stores) => {
  async function openStore(role: Role = 'editor') {
    const store = await storeWithApp(stores)
    // Nothing upstream is used.
    const ctx = { store, clock: clockAt(NOW) } as unknown as Context
    const app = await store.apps.get('1400000001')
    const scoped = <Q>(query: Q) => authorize(who(role), 'tasks', app, query)
    return { store, ctx, scoped }
  }

  test('lasts until the end of that day at the app’s offset, stores the present count, and is audited', async () => {
    const { store, ctx, scoped } = await openStore()
    const answers = Array.from({ length: 9 }, (_, i) => ({
      ...{ appId: '1400000001', source: 'task' as const, metric: 'loss' as const, task: '', absent: [], unreadable: 0 },
      ...{ from: T0 + i * DAY - 8 * 3_600, to: T0 + (i + 1) * DAY - 8 * 3_600, fetchedAt: NOW, raw: '{}', kept: true },
      ...{ counts: null },
      losses: [{ stage: 'post_send' as const, vendor: null, channel: null, code: '16', text: '', count: 10 }],
    }))
    await store.windows.saveAll(answers)
    const body = knownReasonBody.parse({ ...KEY, until: '2026-01-20', note: ' key is renewed ' })
    expect(await setKnownReason(ctx, scoped(body))).toEqual({ until: '2026-01-20T16:00:00.000Z' })
    const [one] = await store.knownReasons.list({ appId: '1400000001', source: 'task', nowS: NOW })
    expect(one).toMatchObject({ ...KEY, note: 'key is renewed', baseCount: 70, baseDays: 7 })
    expect(await clearKnownReason(ctx, scoped(KEY))).toEqual({ until: null })
    expect(await clearKnownReason(ctx, scoped(KEY))).toEqual({ until: null })
    const { items } = await store.audit.list({ limit: 9 })
    expect(items.map(({ action, actor, detail }) => [action, actor, detail.code])).toEqual([
      ['reason.unknown', 'token:editor', '16'],
      ['reason.known', 'token:editor', '16'],
    ])
  })

  test('is refused for a past day, a day too far away, and for viewers', async () => {
    const { ctx, scoped } = await openStore()
    const mark = (until: string) => setKnownReason(ctx, scoped(knownReasonBody.parse({ ...KEY, until })))
    await expect(mark('2026-01-10')).rejects.toMatchObject({ code: 'bad_range', field: 'until' })
    await expect(mark('2028-01-10')).rejects.toMatchObject({ code: 'bad_range', field: 'until' })
    const viewer = await openStore('viewer')
    expect(() => viewer.scoped(KEY)).toThrow(expect.objectContaining({ code: 'forbidden' }))
    expect(knownReasonBody.safeParse({ ...KEY, code: 'a\u0000', until: '2026-01-20' }).success).toBe(false)
  })
})
