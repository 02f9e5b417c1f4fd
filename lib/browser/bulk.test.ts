import { describe, expect, test } from 'vitest'
import type { BulkRow } from '@/lib/contract/bulk'
import { mergeRows, nextQuery } from './bulk'

const row = (pushId: string, state: BulkRow['state'] = 'waiting'): BulkRow => ({
  item: { pushId },
  state,
  verdict: null,
  devices: 0,
  sentAt: null,
  days: null,
  sdkAppId: null,
  asOf: null,
  objections: [],
  problem: null,
  href: '/lookup',
})

describe('a list', () => {
  test('keeps its order, each row with its newest state', () => {
    const rows = [row('a'), row('b'), row('c')]
    expect(mergeRows([], rows)).toEqual(rows)
    expect(mergeRows(rows, [row('c', 'done'), row('a', 'refused')]).map(({ state }) => state)).toEqual([
      'refused',
      'waiting',
      'done',
    ])
  })

  test('asks for waiting rows, and for held-back rows only when told to', () => {
    const rows = [row('a', 'done'), row('b'), row('c', 'held_back'), row('d', 'refused')]
    expect(nextQuery(rows, false)).toEqual({ items: [{ pushId: 'b' }], anyway: false })
    expect(nextQuery(rows, true)).toEqual({ items: [{ pushId: 'b' }, { pushId: 'c' }], anyway: true })
  })

  test('ends when nothing waits', () => {
    expect(nextQuery([row('a', 'done'), row('b', 'held_back')], false)).toBeNull()
    expect(nextQuery([], false)).toBeNull()
  })
})
