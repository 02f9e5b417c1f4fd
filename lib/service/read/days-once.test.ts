import { expect, test } from 'vitest'
import type { ReportContext } from '@/lib/service/context'
import { readingDaysOnce } from './days-once'

test('reads the same days once, and other days by themselves', async () => {
  const asked: number[] = []
  const within = async ({ from }: { from: number }) => {
    asked.push(from)
    return [{ day: from, counts: null, heldS: 86_400, asOf: from, final: true }]
  }
  const ctx = { store: { daily: { within } } } as unknown as ReportContext
  const span = { appId: 'a', source: 'task', from: 0, to: 86_400 } as const
  const { daily } = readingDaysOnce(ctx).store
  const [first, second] = await Promise.all([daily.within(span), daily.within({ ...span })])
  expect(second).toBe(first)
  const others = [{ appId: 'b' }, { source: 'chat' as const }, { from: 1 }, { to: 86_401 }]
  for (const other of others) await daily.within({ ...span, ...other })
  expect(asked).toEqual([0, 0, 0, 1, 0])
  await readingDaysOnce(ctx).store.daily.within(span)
  expect(asked).toHaveLength(6)
})
