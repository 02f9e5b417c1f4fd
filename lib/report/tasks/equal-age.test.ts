import { describe, expect, test } from 'vitest'
import { AGE_SECONDS, type TaskGrowth } from '@/lib/contract/campaigns/task-ages'
import { DAY, HOUR } from '@/lib/contract/limits'
import { byAge, type CountingHabits, countsAt, tagMedians } from './equal-age'

const SENT = 1_795_162_800
const EVENT: CountingHabits = { counted: 'event', lag: 'none', end: { unit: 'second' } }
const SENDING: CountingHabits = { ...EVENT, counted: 'sending' }
const UNKNOWN: CountingHabits = { counted: null, lag: null, end: null }

const stored = (habits: CountingHabits, ages: number[], windows: number[] = []) => ({
  sentAt: SENT,
  observations: ages.map((age) => ({ fetchedAt: SENT + age, counts: `seen ${age}` })),
  windows: windows.map((age) => ({
    from: SENT - 600,
    to: SENT + age,
    fetchedAt: SENT + 9 * DAY,
    counts: `window ${age}`,
  })),
  habits,
  nowS: SENT + 10 * DAY,
})

describe('the counts at an age', () => {
  test('are an observation made at that age, however Tencent counts', () => {
    for (const habits of [EVENT, SENDING, UNKNOWN]) {
      expect(countsAt(stored(habits, [HOUR, DAY + 40, 9 * DAY]), '24h')).toEqual({
        counts: `seen ${DAY + 40}`,
        age: DAY + 40,
      })
    }
  })

  test('are a window fetched later only where Tencent counts by time of event, to the minute', () => {
    expect(countsAt(stored(EVENT, [9 * DAY], [DAY]), '24h')).toEqual({ counts: `window ${DAY}`, age: DAY })
    expect(countsAt(stored(EVENT, [9 * DAY], [DAY]), '6h')).toBe('not_collected')
    for (const habits of [SENDING, UNKNOWN, { ...EVENT, end: { unit: 'day' as const } }]) {
      expect(countsAt(stored(habits, [9 * DAY], [DAY]), '24h')).toBe('not_collected')
    }
  })

  test('are not an early observation where statistics arrive a day late', () => {
    const late = { ...SENDING, lag: 'day' as const }
    expect(countsAt(stored(late, [DAY]), '24h')).toBe('not_collected')
    expect(countsAt(stored(late, [7 * DAY]), '7d')).toMatchObject({ age: 7 * DAY })
  })

  test('say why they are unknown', () => {
    expect(countsAt({ ...stored(EVENT, [HOUR]), sentAt: null }, '1h')).toBe('no_sending_time')
    expect(countsAt({ ...stored(EVENT, [HOUR]), nowS: SENT + 5 * HOUR }, '6h')).toBe('too_young')
    expect(countsAt(stored(SENDING, []), '6h')).toBe('not_collected')
  })
})

/** A campaign whose rates are the same at every age. */
function grown(taskId: string, delivery: number | null, clickBasis: 'sent' | 'delivered' = 'sent'): TaskGrowth {
  const rates = { send: 0.9, delivery: null, deliveryReporting: delivery, click: 0.02, clickBasis }
  const cover = { reportingSent: null, reportingDelivered: null, lost: null, notReported: null, share: null }
  const total = {
    ...{ sendable: 1_000, sent: 900, delivered: 500, clicked: 20, delivery: 'partial' as const },
    rates,
    cover,
  }
  const ages = byAge((age) => ({
    funnel: { age: AGE_SECONDS[age], at: SENT + AGE_SECONDS[age], total, vendors: [] },
    gap: null,
  }))
  return { taskId, sentAt: SENT, ages, latest: null, series: [] }
}

describe('the median of a tag', () => {
  const tags = (...ids: string[]) => new Map(ids.map((id) => [id, ['sale']]))

  test('is over the other campaigns of the tag', () => {
    const all = [grown('a', 0.9), grown('b', 0.5), grown('c', 0.6), grown('d', 0.7)]
    const found = tagMedians(all, tags('a', 'b', 'c', 'd'))
    expect(found.get('a')).toMatchObject({ tag: 'sale', ages: { '24h': { delivery: 0.6, send: 0.9, click: 0.02 } } })
    expect(found.get('b')?.ages['7d'].delivery).toBe(0.7)
    expect(
      tagMedians([...all, grown('e', 0.8)], tags('a', 'b', 'c', 'd', 'e')).get('a')?.ages['1h'].delivery,
    ).toBeCloseTo(0.65)
  })

  test('needs three others, each with a known rate of the same base', () => {
    const all = [grown('a', 0.9), grown('b', 0.5), grown('c', 0.6), grown('d', null)]
    expect(tagMedians(all, tags('a', 'b', 'c')).size).toBe(0)
    expect(tagMedians(all, tags('a', 'b', 'c', 'd')).get('a')?.ages['24h']).toEqual({
      send: 0.9,
      delivery: null,
      click: 0.02,
    })
    const mixed = [...all.slice(0, 3), grown('d', 0.7, 'delivered')]
    expect(tagMedians(mixed, tags('a', 'b', 'c', 'd')).get('a')?.ages['24h'].click).toBeNull()
  })

  test('comes from the first tag of a campaign that has one', () => {
    const all = [grown('a', 0.9), grown('b', 0.5), grown('c', 0.6), grown('d', 0.7)]
    const found = tagMedians(all, new Map([...tags('b', 'c', 'd'), ['a', ['alone', 'sale']]]))
    expect(found.get('a')?.tag).toBe('sale')
  })
})
