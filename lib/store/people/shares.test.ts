import { expect, test } from 'vitest'
import { createStore } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { newApp, T0 } from '@/lib/store/testing/rows'
import { newShare } from '@/lib/store/testing/shares'
import { realClock } from '@/lib/testing/clock'

const SHOP = '1400000001'
const GAME = '1400000002'

const share = (id: string, over: Parameters<typeof newShare>[0] = {}) =>
  newShare({ id, secret_hash: `hash-${id}`, ends_at: T0 + 100, ...over })

/** The row that is read, without what the link keeps. */
const read = (row: ReturnType<typeof share>) => {
  const { frozen, ...rest } = row
  return { ...rest, bytes: frozen === null ? null : Buffer.byteLength(frozen) }
}

describeStores('shares', (stores) => {
  async function open() {
    const store = createStore(await stores.open(), realClock)
    await store.apps.upsert(newApp())
    await store.apps.upsert(newApp({ id: GAME, sdkAppId: 1_400_000_002 }))
    return store
  }

  test('a link is read as it was created, and what it keeps is read apart', async () => {
    const { shares } = await open()
    const frozen = share('f', { frozen: '{"a":"한"}', frozen_at: T0, sha256: 'abc' })
    await shares.create(share('a'))
    await shares.create(frozen, ['h1', 'h1', 'h2'])
    expect(await shares.byId('a')).toEqual(read(share('a')))
    expect(await shares.byId('f')).toEqual(read(frozen))
    expect(await shares.frozenOf('f')).toBe('{"a":"한"}')
    expect(await shares.frozenOf('a')).toBeNull()
    expect(await shares.byId('unknown')).toBeNull()
    expect((await shares.bySha256('abc'))?.id).toBe('f')
    expect(await shares.bySha256('abd')).toBeNull()
  })

  test('a taken ID is refused, and its people are not written', async () => {
    const { shares } = await open()
    await shares.create(share('a'))
    await expect(shares.create(share('a'), ['h1'])).rejects.toThrow()
    expect(await shares.aboutPerson(SHOP, 'h1')).toEqual([])
  })

  test('the list has every link once, newest first, over pages of any size', async () => {
    const { shares } = await open()
    const made = ['a', 'b', 'c', 'd', 'e'].map((id, i) => share(id, { created_at: T0 + Math.floor(i / 2) }))
    for (const one of made) await shares.create(one)
    const seen: string[] = []
    let after: { created_at: number; id: string } | null | undefined
    while (after !== null) {
      const page = await shares.list({ limit: 2, after: after ?? undefined })
      seen.push(...page.items.map(({ id }) => id))
      after = page.next
    }
    expect(seen).toEqual(['e', 'd', 'c', 'b', 'a'])
  })

  test('the list is of some apps or of one owner', async () => {
    const { shares } = await open()
    await shares.create(share('a'))
    await shares.create(share('b', { app_id: GAME }))
    await shares.create(share('c', { app_id: GAME, owner: 'person:other' }))
    const ids = async (filter: Parameters<typeof shares.revoke>[0]) =>
      (await shares.list({ ...filter, limit: 9 })).items.map(({ id }) => id)
    expect(await ids({ apps: [GAME] })).toEqual(['c', 'b'])
    expect(await ids({ apps: [GAME], owner: 'person:pm' })).toEqual(['b'])
    expect(await ids({ apps: null })).toEqual(['c', 'b', 'a'])
    expect(await ids({ apps: [] })).toEqual([])
  })

  test('a link is changed until it is revoked, and revoked once', async () => {
    const { shares } = await open()
    await shares.create(share('a'))
    expect(await shares.change('a', { name: 'New', paused_at: 5, owner: 'person:x', ends_at: 9 })).toBe(true)
    const changed = read(share('a', { name: 'New', paused_at: 5, owner: 'person:x', ends_at: 9 }))
    expect(await shares.byId('a')).toEqual(changed)
    expect(await shares.revoke({ id: 'a' }, 7)).toEqual([{ id: 'a', app_id: SHOP }])
    expect(await shares.revoke({ id: 'a' }, 8)).toEqual([])
    expect(await shares.change('a', { name: 'Late' })).toBe(false)
    expect(await shares.byId('a')).toEqual({ ...changed, revoked_at: 7 })
    expect(await shares.change('unknown', { name: 'x' })).toBe(false)
  })

  test('links of one owner or of some apps are revoked, and the others stay', async () => {
    const { shares } = await open()
    await shares.create(share('a'))
    await shares.create(share('b', { app_id: GAME }))
    await shares.create(share('c', { owner: 'person:other' }))
    expect(await shares.revoke({ apps: [], owner: 'person:pm' }, 7)).toEqual([])
    expect(await shares.revoke({ apps: [SHOP], owner: 'person:pm' }, 7)).toEqual([{ id: 'a', app_id: SHOP }])
    expect(await shares.revoke({ apps: [SHOP] }, 8)).toEqual([{ id: 'c', app_id: SHOP }])
    expect((await shares.byId('b'))?.revoked_at).toBeNull()
  })

  test('links are counted by their owners, without revoked and ended ones', async () => {
    const { shares } = await open()
    await shares.create(share('a'))
    await shares.create(share('b', { app_id: GAME, paused_at: T0 }))
    await shares.create(share('c', { owner: 'person:other' }))
    await shares.create(share('d', { ends_at: T0 + 50 }))
    await shares.create(share('e', { revoked_at: T0 }))
    expect([...(await shares.countByOwner(T0 + 50))].sort()).toEqual([
      ['person:other', 1],
      ['person:pm', 2],
    ])
  })

  test('a person is found in what links keep, and what they show is replaced', async () => {
    const { shares } = await open()
    await shares.create(share('a', { frozen: '{"u":1}', frozen_at: T0, sha256: 's1' }), ['h1'])
    await shares.create(share('b', { app_id: GAME, frozen: '{}', frozen_at: T0, sha256: 's2' }), ['h1'])
    expect((await shares.aboutPerson(SHOP, 'h1')).map(({ id }) => id)).toEqual(['a'])
    await shares.replaceFrozen('a', { frozen: 'null', sha256: 's3', erased_at: T0 + 9 })
    expect(await shares.byId('a')).toMatchObject({ sha256: 's3', erased_at: T0 + 9, bytes: 4 })
    expect((await shares.frozenOfApp(SHOP)).map(({ id }) => id)).toEqual(['a'])
    await shares.revoke({ id: 'a' }, T0)
    expect(await shares.frozenOfApp(SHOP)).toEqual([])
    expect((await shares.aboutPerson(SHOP, 'h1')).map(({ id }) => id)).toEqual(['a'])
  })

  test('erasing an app erases its links', async () => {
    const { shares, apps } = await open()
    await shares.create(share('a'), ['h1'])
    await shares.create(share('b', { app_id: GAME }))
    await shares.noteOpening({ shareId: 'a', at: T0, network: null, client: 'Firefox', outcome: 'opened' })
    await apps.erase(SHOP)
    expect(await shares.byId('a')).toBeNull()
    expect(await shares.openings('a', { limit: 9 })).toEqual({ items: [], next: null })
    expect(await shares.byId('b')).not.toBeNull()
  })
})
