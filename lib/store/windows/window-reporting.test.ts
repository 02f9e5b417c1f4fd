import type { KyselyPlugin } from 'kysely'
import { expect, test } from 'vitest'
import { createStore } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { answer, DAY, HOUR, newApp, sent, storeWithApp, T0 } from '@/lib/store/testing/rows'
import { realClock } from '@/lib/testing/clock'
import type { WindowAnswer } from './window-save'

const MONTH = 30 * DAY
const since = T0
const ASK = { appId: '1400000001', source: 'task', since } as const

describeStores('what a vendor reported', (stores) => {
  const reported = async (answers: Partial<WindowAnswer>[], source: 'task' | 'chat' = 'task') => {
    const { windows } = await storeWithApp(stores)
    await windows.saveAll(answers.map(answer))
    return windows.reporting({ ...ASK, source })
  }
  const span = (from: number, to: number, n: number, more: Partial<WindowAnswer> = {}) => ({
    from: T0 + from,
    to: T0 + to,
    counts: sent(n),
    ...more,
  })
  const sentOf = async (answers: Partial<WindowAnswer>[]) => (await reported(answers)).map((one) => one.sent)

  test('sums adjacent windows', async () => {
    expect(await reported([span(0, HOUR, 10), span(HOUR, 2 * HOUR, 4), span(5 * HOUR, 6 * HOUR, 2)])).toEqual([
      { vendor: 'apns', channel: 'offline', sent: 16, delivered: 8, clicked: 0 },
    ])
  })

  test('uses the longest of overlapping windows, and others for the rest', async () => {
    const hours = Array.from({ length: 26 }, (_, i) => span(i * HOUR, (i + 1) * HOUR, 1))
    expect(await sentOf([...hours, span(0, DAY, 100)])).toEqual([102])
    expect(await sentOf([span(0, DAY, 100), span(DAY - HOUR, DAY + HOUR, 7), span(-HOUR, HOUR, 7)])).toEqual([100])
  })

  test('uses the latest of windows with the same length', async () => {
    expect(await sentOf([span(0, MONTH, 1), span(60, MONTH + 60, 2), span(30, MONTH + 30, 3)])).toEqual([2])
  })

  test('counts a window if half of it lies in the requested time', async () => {
    expect(await sentOf([span(-60, MONTH - 60, 5)])).toEqual([5])
    expect(await sentOf([span(-DAY, DAY, 5)])).toEqual([5])
    expect(await sentOf([span(-DAY - 1, DAY, 5)])).toEqual([])
    expect(await sentOf([span(-HOUR, 0, 5)])).toEqual([])
  })

  test('separates channels, and a null count adds nothing', async () => {
    const row = { vendor: 'fcm', sendable: null, sent: 9, delivered: null, clicked: null } as const
    const rows = [
      { ...row, channel: 'offline' } as const,
      { ...row, channel: 'online', delivered: 8 } as const,
      { ...row, channel: null } as const,
    ]
    const found = await reported([{ counts: { total: sent(1).total, rows } }])
    expect(new Set(found)).toEqual(
      new Set([
        { vendor: 'fcm', channel: 'offline', sent: 9, delivered: 0, clicked: 0 },
        { vendor: 'fcm', channel: 'online', sent: 9, delivered: 8, clicked: 0 },
        { vendor: 'fcm', channel: null, sent: 9, delivered: 0, clicked: 0 },
      ]),
    )
  })

  test('reads the days of a month if all are stored, however many windows there are', async () => {
    let rows = 0
    const counting: KyselyPlugin = {
      transformQuery: ({ node }) => node,
      async transformResult({ result }) {
        rows += result.rows.length
        return result
      },
    }
    const db = (await stores.open()).withPlugin(counting)
    const { apps, windows } = createStore(db, realClock)
    await apps.upsert(newApp({ utcOffsetMin: 0 }))
    const kept = (from: number, long: number, n: number) =>
      answer({ from, to: from + long, fetchedAt: from + long, kept: true, counts: sent(n) })
    const days = Array.from({ length: 29 }, (_, i) => kept(T0 + i * DAY, DAY, 100))
    const hours = Array.from({ length: 40 }, (_, i) => kept(T0 + 28 * DAY + i * HOUR, HOUR, 1))
    await windows.saveAll([...days, ...hours])
    rows = 0
    expect(await windows.reporting(ASK)).toMatchObject([{ vendor: 'apns', sent: 2_916, delivered: 1_458 }])
    expect(rows).toBe(30)
    await windows.saveAll([kept(T0, HOUR, 1), kept(T0 + 30 * DAY, HOUR, 5)])
    expect(await windows.reporting({ ...ASK, since: T0 + DAY })).toMatchObject([{ sent: 2_821 }])
  })

  test('leaves out single tasks, losses, the other source and answers without counts', async () => {
    const others = [{ task: 't' }, { metric: 'loss', counts: null, losses: [] }, { counts: null }] as const
    expect(await reported([...others.map((other) => ({ ...other, absent: [] })), { source: 'chat' }])).toEqual([])
    expect(await reported([{ source: 'chat' }], 'chat')).toHaveLength(1)
  })
})
