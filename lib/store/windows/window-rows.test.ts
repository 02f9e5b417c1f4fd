import { describe, expect, test } from 'vitest'
import type { LossRow, VendorCounts } from '@/lib/contract/records'
import { decodeCounts, decodeLosses, encodeCounts, encodeLosses, hasDecreased } from './window-rows'

const NOTHING = { sendable: null, sent: null, delivered: null, clicked: null }
const row = (over: Partial<VendorCounts>): VendorCounts => ({ vendor: 'apns', channel: 'offline', ...NOTHING, ...over })
const loss = (over: Partial<LossRow>): LossRow => ({
  stage: 'post_send',
  vendor: 'fcm',
  channel: null,
  code: '1',
  text: '',
  count: 1,
  ...over,
})
const counts = (...rows: VendorCounts[]) => encodeCounts({ total: NOTHING, rows })

describe('the rows of a window', () => {
  test('survive encoding: nulls, zeros, channels, big counts', () => {
    const held = {
      total: { sendable: 2 ** 53 - 1, sent: 0, delivered: null, clicked: 3 },
      rows: [row({ channel: null, sent: 0 }), row({ channel: 'online', clicked: 2 }), row({ vendor: 'platform_77' })],
    }
    expect(decodeCounts(encodeCounts(held))).toEqual(held)
  })

  test('a total without a count stays null', () => {
    expect(decodeCounts(counts())).toEqual({ total: NOTHING, rows: [] })
  })

  test('in another order are the same text', () => {
    const [a, b, c] = [row({ sent: 1 }), row({ sent: 2 }), row({ vendor: 'fcm', sent: 1 })]
    expect(counts(a, b, c)).toBe(counts(c, b, a))
  })

  test('of losses survive encoding, duplicated, in any script and with a NUL', () => {
    const rows = [
      loss({ stage: 'ready_to_send', vendor: null, text: '推送证书\u0000"\u2028', count: null }),
      loss({ code: '' }),
      loss({ code: '', count: 2 }),
      loss({ channel: 'online' }),
    ]
    const back = decodeLosses(encodeLosses(rows))
    expect(back).toHaveLength(4)
    expect(back).toEqual(expect.arrayContaining(rows))
  })

  test('the total of a loss stage is not mistaken for a vendor without a name', () => {
    expect(decodeLosses(encodeLosses([loss({ vendor: null })]))[0]?.vendor).toBeNull()
    expect(decodeLosses(encodeLosses([loss({ vendor: 'unknown' })]))[0]?.vendor).toBe('unknown')
  })
})

describe('counts have decreased', () => {
  test.each([
    ['a count is less', row({ sent: 5 }), row({ sent: 4 }), true],
    ['a count is no longer known', row({ sent: 5 }), row({ sent: null }), true],
    ['one is less while another grew', row({ sent: 5, clicked: 1 }), row({ sent: 9, clicked: 0 }), true],
    ['a count is more', row({ sent: 5 }), row({ sent: 6 }), false],
    ['nothing changed', row({ sent: 5 }), row({ sent: 5 }), false],
    ['an unknown count is known', row({}), row({ sent: 0 }), false],
    ['a zero is no longer said', row({ sent: 0 }), row({}), false],
  ])('when %s: %#', (_, before, after, expected) => {
    expect(hasDecreased(counts(before), counts(after))).toBe(expected)
  })

  test('when a row that counted something is gone, or moved to another channel', () => {
    expect(hasDecreased(counts(row({ sent: 5 })), counts())).toBe(true)
    expect(hasDecreased(counts(row({ sent: 5 })), counts(row({ channel: 'online', sent: 5 })))).toBe(true)
    expect(hasDecreased(counts(), counts(row({ sent: 5 })))).toBe(false)
  })

  test('by sum if a row is duplicated', () => {
    const once = (count: number) => encodeLosses([loss({ count })])
    const twice = encodeLosses([loss({ count: 2 }), loss({ count: 3 })])
    expect(hasDecreased(twice, once(5))).toBe(false)
    expect(hasDecreased(twice, once(4))).toBe(true)
    expect(hasDecreased(once(5), twice)).toBe(false)
  })
})
