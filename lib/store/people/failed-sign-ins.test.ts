import { expect, test } from 'vitest'
import { describeStores } from '@/lib/store/testing/database'
import { HOUR, T0 } from '@/lib/store/testing/rows'
import { failedSignIns } from './failed-sign-ins'

const A = '203.0.113.0/24'

describeStores('failed sign-ins', ({ open, again }) => {
  test('are counted per hour, person and network, also by two processes at once', async () => {
    const db = await open()
    const [one, two] = [failedSignIns(db), failedSignIns(await again())]
    await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 ? one : two).count(T0 + i, 'kim', A)))
    await one.count(T0 + HOUR, 'kim', A)
    await one.count(T0 + HOUR + 1, null, A)
    await one.count(T0 + HOUR + 2, null, A)
    expect(await one.list(T0, T0 + 2 * HOUR, 9)).toEqual([
      { hour: T0 + HOUR, personId: null, address: A, count: 2 },
      { hour: T0 + HOUR, personId: 'kim', address: A, count: 1 },
      { hour: T0, personId: 'kim', address: A, count: 20 },
    ])
    expect(await one.list(T0 + HOUR, T0 + 2 * HOUR, 1)).toHaveLength(1)
  })

  test('of an hour with very many networks fill no more than 501 rows', async () => {
    const counts = failedSignIns(await open())
    for (let i = 0; i < 520; i += 1) await counts.count(T0, null, `203.0.${i}.0/24`)
    const rows = await counts.list(T0, T0 + HOUR, 999)
    expect(rows).toHaveLength(501)
    expect(rows[0]).toEqual({ hour: T0, personId: null, address: 'others', count: 20 })
  })

  test('can be deleted when they are old', async () => {
    const counts = failedSignIns(await open())
    for (const at of [T0, T0 + HOUR, T0 + 2 * HOUR]) await counts.count(at, null, A)
    await counts.prune(T0 + HOUR)
    expect((await counts.list(0, T0 + 9 * HOUR, 9)).map(({ hour }) => hour)).toEqual([T0 + 2 * HOUR, T0 + HOUR])
  })
})
