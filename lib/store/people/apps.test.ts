import { expect, test } from 'vitest'
import { createStore } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { answer, newApp, T0 } from '@/lib/store/testing/rows'
import { realClock } from '@/lib/testing/clock'

const ID = '1400000001'
const COLLECTED = {
  pausedAt: null,
  spacingMs: null,
  byDay: false,
  archiveRevision: 0,
  draft: false,
  fillFrom: null,
  channelNames: {},
}

describeStores('apps', (stores) => {
  const open = async () => createStore(await stores.open(), realClock)

  test('are stored as given', async () => {
    const { apps } = await open()
    const app = newApp({ demo: true, baseUrl: 'http://localhost:9', utcOffsetMin: -210 })
    const held = { ...app, ...COLLECTED, lanesMerged: false, stopped: null }
    expect(await apps.upsert(app)).toEqual(held)
    expect(await apps.get(ID)).toEqual(held)
    expect(await apps.get('another')).toBeNull()
  })

  test('keep their state when they are updated', async () => {
    const { apps } = await open()
    await apps.upsert(newApp())
    const stop = { code: 'upstream_credential', upstreamCode: 70_013, at: T0 } as const
    await apps.setStopped(ID, stop)
    await apps.setMerged(ID, true)
    const again = newApp({ name: 'Dinner', region: 'seoul', demo: true, createdAt: T0 + 9 })
    expect(await apps.upsert(again)).toEqual({
      ...again,
      ...COLLECTED,
      createdAt: T0,
      lanesMerged: true,
      stopped: stop,
    })
  })

  test('keep their key when they are updated, so that sealed values stay readable', async () => {
    const { apps } = await open()
    await apps.upsert(newApp())
    const other = { dataKey: 'wrapped-2', sealed: 'sealed-2', fingerprint: 'f2' }
    expect((await apps.upsert(newApp({ key: other }))).key).toEqual(newApp().key)
    const changed = { ...newApp().key, sealed: 'sealed-2', fingerprint: 'f2' }
    await apps.setKey(ID, changed)
    expect((await apps.get(ID))?.key).toEqual(changed)
  })

  test('two concurrent additions of one app return the same key', async () => {
    const { apps } = await open()
    const keys = ['a', 'b', 'c', 'd'].map((dataKey) => ({ dataKey, sealed: dataKey, fingerprint: 'f' }))
    const held = await Promise.all(keys.map((key) => apps.upsert(newApp({ key }))))
    expect(new Set(held.map((app) => app.key.dataKey)).size).toBe(1)
  })

  test('are listed oldest first, without removed ones', async () => {
    const { apps } = await open()
    await apps.upsert(newApp({ id: 'c', createdAt: T0 + 2 }))
    await apps.upsert(newApp({ id: 'a', createdAt: T0 + 1 }))
    await apps.upsert(newApp({ id: 'b', createdAt: T0 }))
    await apps.remove('a', T0 + 3)
    expect((await apps.list()).map(({ id }) => id)).toEqual(['b', 'c'])
    expect(await apps.get('a')).toBeNull()
  })

  test('are listed in the order that administrators chose, and new ones last', async () => {
    const { apps } = await open()
    for (const [i, id] of ['a', 'b', 'c'].entries()) await apps.upsert(newApp({ id, createdAt: T0 + i }))
    await apps.sort(['c', 'a', 'b'])
    await apps.upsert(newApp({ id: 'd', createdAt: T0 - 1 }))
    expect((await apps.list()).map(({ id }) => id)).toEqual(['c', 'a', 'b', 'd'])
  })

  test('change only in the fields that are given', async () => {
    const { apps } = await open()
    const before = await apps.upsert(newApp({ draft: true }))
    expect(before.draft).toBe(true)
    await apps.setStopped(ID, { code: 'upstream_credential', upstreamCode: 70_009, at: T0 })
    const key = { ...before.key, sealed: 'sealed-2', fingerprint: 'f2' }
    await apps.update(ID, { name: 'Dinner', fillFrom: T0, draft: false, channelNames: { platform_9: 'Harmony' }, key })
    const after = { name: 'Dinner', fillFrom: T0, draft: false, channelNames: { platform_9: 'Harmony' }, key }
    expect(await apps.get(ID)).toEqual({ ...before, ...after })
    await apps.update(ID, {})
    expect(await apps.get(ID)).toEqual({ ...before, ...after })
  })

  test('lose their key when they are removed, and everything when they are erased', async () => {
    const db = await stores.open()
    const { apps, windows, people, settings } = createStore(db, realClock)
    for (const id of [ID, 'other']) {
      await apps.upsert(newApp({ id }))
      await windows.save(answer({ appId: id }))
      await settings.set(`probes:${id}`, 'x')
    }
    const person = { id: 'p', email: 'p@example.com', name: 'P', password_hash: null }
    await people.create({
      person: { ...person, totp_sealed: null, disabled_at: null, created_at: T0 },
      grants: [
        { app_id: ID, role: 'viewer' },
        { app_id: 'other', role: 'viewer' },
      ],
    })
    await apps.remove(ID, T0)
    const removed = await db.selectFrom('apps').selectAll().where('id', '=', ID).executeTakeFirstOrThrow()
    expect([removed.key_sealed, removed.key_fingerprint, removed.data_key]).toEqual(['', '', 'wrapped-1'])
    await apps.erase(ID)
    const left = async (table: 'apps' | 'windows' | 'grants') =>
      (await db.selectFrom(table).selectAll().execute()).length
    expect([await left('apps'), await left('windows'), await left('grants')]).toEqual([1, 1, 1])
    expect([await settings.get(`probes:${ID}`), await settings.get('probes:other')]).toEqual([null, 'x'])
  })

  test('know which vendors in their data have no name', async () => {
    const { apps, windows } = await open()
    await apps.upsert(newApp())
    expect(await apps.unnamedVendors(ID)).toEqual([])
    const counts = { sendable: 1, sent: 1, delivered: 1, clicked: 0 }
    const rows = (['platform_12', 'apns', 'platform_9'] as const).map((vendor) => ({
      vendor,
      channel: null,
      ...counts,
    }))
    await windows.save(answer({ counts: { total: counts, rows } }))
    expect(await apps.unnamedVendors(ID)).toEqual(['platform_12', 'platform_9'])
  })

  test('keep their data when they are restored', async () => {
    const { apps, windows } = await open()
    await apps.upsert(newApp())
    const { id } = await windows.save(answer({ raw: 'kept' }))
    await apps.remove(ID, T0)
    await apps.upsert(newApp())
    expect(await apps.get(ID)).not.toBeNull()
    expect(await windows.raw(id)).toBe('kept')
  })

  test('stop, and continue by hand or with another key', async () => {
    const { apps } = await open()
    await apps.upsert(newApp())
    await apps.upsert(newApp({ id: 'other' }))
    const stop = { code: 'upstream_not_admin', upstreamCode: null, at: T0 } as const
    const stopped = async () => (await apps.get(ID))?.stopped
    await apps.setStopped(ID, stop)
    expect(await stopped()).toEqual(stop)
    expect((await apps.get('other'))?.stopped).toBeNull()
    await apps.clearStopped(ID)
    expect(await stopped()).toBeNull()
    await apps.setStopped(ID, stop)
    await apps.setKey(ID, newApp().key)
    expect(await stopped()).toBeNull()
  })

  test('stay paused, collected by day, and stopped for a time when they are updated', async () => {
    const { apps } = await open()
    const first = await apps.upsert(newApp())
    expect(first).toMatchObject({ pausedAt: null, spacingMs: null, byDay: false, stopped: null })
    const stop = { code: 'upstream_quota', upstreamCode: 60028, at: T0, until: T0 + 60 } as const
    await apps.setPaused(ID, T0)
    await apps.setByDay(ID, true)
    await apps.setStopped(ID, stop)
    expect(await apps.upsert(newApp({ name: 'Dinner' }))).toMatchObject({ pausedAt: T0, byDay: true, stopped: stop })
    await apps.setPaused(ID, null)
    await apps.setStopped(ID, { code: 'upstream_billing', upstreamCode: null, at: T0 })
    const now = await apps.get(ID)
    expect(now?.pausedAt).toBeNull()
    expect(now?.stopped).not.toHaveProperty('until')
  })
})
