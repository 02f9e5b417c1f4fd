import { describe, expect, test } from 'vitest'
import { AGE_SECONDS, type AgedFunnel, type TaskAge, type TaskGrowth } from '@/lib/contract/campaigns/task-ages'
import type { VendorReply } from '@/lib/contract/funnel'
import { compareTasks } from './compare-tasks'
import { byAge } from './equal-age'

const NO_RATES = { send: null, delivery: null, deliveryReporting: null, click: null, clickBasis: 'sent' as const }
const COVER = { reportingSent: null, reportingDelivered: null, lost: null, notReported: null, share: null }

const row = (vendor: string, sent: number, delivered: number, delivery: VendorReply['delivery'] = 'reported') => ({
  ...{ vendor, platform: 1, channel: 'offline' as const, sendable: sent, sent, delivered, clicked: 0 },
  ...{ delivery, rates: NO_RATES, cover: null },
})

function funnel(age: number, vendors: VendorReply[], clicked = 500): AgedFunnel {
  const sum = (of: (one: VendorReply) => number | null) => vendors.reduce((all, one) => all + (of(one) ?? 0), 0)
  const counts = {
    sendable: 30_000,
    sent: sum(({ sent }) => sent),
    delivered: sum(({ delivered }) => delivered),
    clicked,
  }
  return { age, at: age, vendors, total: { ...counts, delivery: 'partial', rates: NO_RATES, cover: COVER } }
}

/** A campaign with the same counts at every age up to `oldest`. */
function campaign(taskId: string, vendors: VendorReply[], oldest: TaskAge = '7d', clicked?: number): TaskGrowth {
  const ages = byAge((age) =>
    AGE_SECONDS[age] <= AGE_SECONDS[oldest]
      ? { funnel: funnel(AGE_SECONDS[age], vendors, clicked), gap: null }
      : { funnel: null, gap: 'too_young' as const },
  )
  return { taskId, sentAt: 0, ages, latest: funnel(9_000_000, vendors, clicked), series: [] }
}

describe('a comparison', () => {
  test('takes the largest age that all campaigns have, unless asked for another', () => {
    const sides = [
      campaign('a', [row('xiaomi', 20_000, 15_000)]),
      campaign('b', [row('xiaomi', 20_000, 15_000)], '24h'),
    ]
    expect(compareTasks(sides, undefined)).toMatchObject({ age: '24h', ages: ['1h', '6h', '24h'] })
    expect(compareTasks(sides, '1h').tasks.map(({ age }) => age)).toEqual([3_600, 3_600])
    expect(compareTasks(sides, '3d').tasks.map(({ gap, counts }) => [gap, counts === null])).toEqual([
      [null, false],
      ['too_young', true],
    ])
    expect(compareTasks(sides, '3d').tasks[1]?.differences).toBeNull()
    expect(compareTasks(sides, 'latest').tasks[0]?.age).toBe(9_000_000)
  })

  test('compares counts at one age, whenever within it they were observed', () => {
    const vendors = [row('xiaomi', 20_000, 15_000)]
    const observed = (taskId: string, hours: number): TaskGrowth => {
      const one = campaign(taskId, vendors, '24h')
      return { ...one, ages: { ...one.ages, '24h': { funnel: funnel(hours * 3_600, vendors), gap: null } } }
    }
    const found = compareTasks([observed('a', 21.7), observed('b', 26.3)], undefined)
    expect(found.age).toBe('24h')
    expect(found.tasks[1]?.differences?.delivery).toMatchObject({ difference: 0, beyondChance: false })
  })

  test('compares newest counts of different ages only after they have stopped growing', () => {
    const vendors = [row('xiaomi', 20_000, 15_000)]
    const aged = (taskId: string, days: number) => ({
      ...campaign(taskId, vendors),
      latest: funnel(days * 86_400, vendors),
    })
    const compared = (a: number, b: number) =>
      compareTasks([aged('a', a), aged('b', b)], 'latest').tasks[1]?.differences !== null
    expect([compared(9, 2), compared(2, 9), compared(9, 20), compared(2, 2.1)]).toEqual([false, false, true, true])
  })

  test('takes the newest counts where there is no common age', () => {
    const without: TaskGrowth = { ...campaign('b', []), ages: byAge(() => ({ funnel: null, gap: 'not_collected' })) }
    expect(compareTasks([campaign('a', []), without], undefined).age).toBe('latest')
    const nothing = { ...without, latest: null }
    expect(compareTasks([campaign('a', []), nothing], undefined).tasks[1]).toMatchObject({
      gap: 'not_collected',
      counts: null,
    })
  })

  test('compares each with the first, and says which difference is more than chance', () => {
    const sides = [
      campaign('a', [row('xiaomi', 20_000, 15_000)]),
      campaign('b', [row('xiaomi', 20_000, 15_600)]),
      campaign('c', [row('xiaomi', 20_000, 15_050)]),
    ]
    const [first, second, third] = compareTasks(sides, '24h').tasks
    expect(first?.differences).toBeNull()
    expect(second?.differences?.delivery).toMatchObject({ beyondChance: true })
    expect(second?.differences?.delivery?.difference).toBeCloseTo(0.03)
    expect(third?.differences?.delivery).toMatchObject({ beyondChance: false })
    expect(third?.differences?.click).toMatchObject({ difference: 0, beyondChance: false })
  })

  test('compares deliveries only over vendors that report in all campaigns', () => {
    const sides = [
      campaign('a', [row('xiaomi', 10_000, 9_000), row('huawei', 10_000, 0, 'unreported'), row('oppo', 5_000, 4_000)]),
      // Receipts of Huawei are on now: that is no better delivery.
      campaign('b', [row('xiaomi', 10_000, 9_000), row('huawei', 10_000, 9_900)]),
    ]
    const found = compareTasks(sides, '24h')
    expect(found.vendors.map(({ vendor }) => vendor)).toEqual(['xiaomi'])
    expect(found.tasks[1]?.delivery).toEqual({ sent: 10_000, delivered: 9_000, rate: 0.9 })
    expect(found.tasks[1]?.differences?.delivery).toMatchObject({ difference: 0 })
    const none = compareTasks(
      [campaign('a', [row('huawei', 900, 0, 'unreported')]), sides[1] ?? campaign('b', [])],
      '1h',
    )
    expect([none.vendors, none.tasks[1]?.delivery, none.tasks[1]?.differences?.delivery]).toEqual([[], null, null])
  })

  test('is silent about rates of small campaigns', () => {
    const sides = [campaign('a', [row('xiaomi', 150, 90)]), campaign('b', [row('xiaomi', 20_000, 15_000)])]
    const [first, second] = compareTasks(sides, '24h').tasks
    expect(first?.delivery).toEqual({ sent: 150, delivered: 90, rate: null })
    expect([second?.differences?.delivery, second?.differences?.click]).toEqual([null, null])
  })
})
