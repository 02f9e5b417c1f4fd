import { expect, test } from 'vitest'
import { describeStores } from '@/lib/store/testing/database'
import { DAY, storeWithApp, T0 } from '@/lib/store/testing/rows'
import { newShare } from '@/lib/store/testing/shares'
import type { Opening } from './share-opens'

const opening = (over: Partial<Opening> = {}): Opening => ({
  shareId: 'a',
  at: T0,
  network: '203.0.113.0/24',
  client: 'Firefox',
  outcome: 'opened',
  ...over,
})

describeStores('openings of links', (stores) => {
  async function open() {
    const { shares } = await storeWithApp(stores)
    await shares.create(newShare())
    return shares
  }

  test('are listed newest first, and only those that opened it are counted', async () => {
    const shares = await open()
    await shares.noteOpening(opening())
    await shares.noteOpening(opening({ at: T0 + 1, outcome: 'wrong_password' }))
    await shares.noteOpening(opening({ at: T0 + 2, network: null, outcome: 'refused' }))
    const first = await shares.openings('a', { limit: 2 })
    expect(first.items.map(({ at, network, outcome }) => [at, network, outcome])).toEqual([
      [T0 + 2, null, 'refused'],
      [T0 + 1, '203.0.113.0/24', 'wrong_password'],
    ])
    const rest = await shares.openings('a', { limit: 2, before: first.next ?? 0 })
    expect(rest.items.map(({ at, client, outcome }) => [at, client, outcome])).toEqual([[T0, 'Firefox', 'opened']])
    expect(rest.next).toBeNull()
    expect(await shares.byId('a')).toMatchObject({ opens: 1, last_opened_at: T0 })
  })

  test('of the same visitor within the quiet time are one', async () => {
    const shares = await open()
    expect(await shares.noteOpening(opening({ network: null }), 600)).toBe(true)
    expect(await shares.noteOpening(opening({ network: null, at: T0 + 599 }), 600)).toBe(false)
    expect(await shares.noteOpening(opening({ network: null, at: T0 + 599, client: 'Safari' }), 600)).toBe(true)
    expect(await shares.noteOpening(opening({ at: T0 + 599 }), 600)).toBe(true)
    expect(await shares.noteOpening(opening({ network: null, at: T0 + 600 }), 600)).toBe(true)
    expect(await shares.byId('a')).toMatchObject({ opens: 4, last_opened_at: T0 + 600 })
  })

  test('networks are counted per week before now', async () => {
    const shares = await open()
    const now = T0 + 30 * DAY
    const nets = [
      [0, 'n1'],
      [7 * DAY - 1, 'n1'],
      [6 * DAY, 'n2'],
      [7 * DAY, 'n3'],
      [20 * DAY, 'n3'],
    ] as const
    for (const [ago, network] of nets) await shares.noteOpening(opening({ at: now - ago, network }))
    await shares.noteOpening(opening({ at: now, network: 'n9', outcome: 'refused' }))
    await shares.noteOpening(opening({ at: now, network: null }))
    const weeks = await shares.networksPerWeek(['a', 'b'], now)
    expect(weeks.map(({ week, networks }) => [week, networks]).sort()).toEqual([
      [0, 2],
      [1, 1],
      [2, 1],
    ])
    expect(await shares.networksPerWeek([], now)).toEqual([])
  })

  test('are deleted when they are old, and the count stays', async () => {
    const shares = await open()
    await shares.noteOpening(opening())
    await shares.noteOpening(opening({ at: T0 + 1 }))
    expect(await shares.pruneOpenings(T0 + 1)).toBe(1)
    expect((await shares.openings('a', { limit: 9 })).items.map(({ at }) => at)).toEqual([T0 + 1])
    expect(await shares.byId('a')).toMatchObject({ opens: 2 })
  })
})
