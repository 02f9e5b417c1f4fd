import { expect, test } from 'vitest'
import { AGE_SECONDS, type AgedFunnel, TASK_AGES, type TaskGrowth } from '@/lib/contract/campaigns/task-ages'
import { DAY, HOUR } from '@/lib/contract/limits'
import { dose, figure } from '@/lib/testing/dose'
import { differenceBetween } from './chance'
import { compareTasks } from './compare-tasks'
import { byAge } from './equal-age'

const SENT = 20_000
/** Receipts of half of what arrives take longer than this. */
const HALF_S = 12 * HOUR

/** A small generator, so that every run draws the same campaigns. */
function randomOf(seed: number): () => number {
  let state = Math.imul(seed, 2_654_435_761)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/**
 * Draws a campaign to 20,000 devices, sent `days` ago. Each push arrives with the probability `rate`, and its receipt
 * comes after a random time.
 */
function campaign(taskId: string, random: () => number, { rate, days }: { rate: number; days: number }): TaskGrowth {
  const delays: number[] = []
  for (let i = 0; i < SENT; i++) if (random() < rate) delays.push((-Math.log(1 - random()) / Math.LN2) * HALF_S)
  const funnel = (age: number): AgedFunnel => {
    const delivered = delays.filter((delay) => delay < age).length
    const rates = { send: 1, delivery: null, deliveryReporting: null, click: null, clickBasis: 'sent' as const }
    const row = { sendable: SENT, sent: SENT, delivered, clicked: 0, delivery: 'reported' as const, rates }
    const cover = { reportingSent: SENT, reportingDelivered: delivered, lost: 0, notReported: 0, share: 1 }
    const vendor = { ...row, vendor: 'xiaomi', platform: 2, channel: 'offline' as const, cover: null }
    return { age, at: age, total: { ...row, cover }, vendors: [vendor] }
  }
  const ages = byAge((age) =>
    AGE_SECONDS[age] <= days * DAY
      ? { funnel: funnel(AGE_SECONDS[age]), gap: null }
      : { funnel: null, gap: 'too_young' as const },
  )
  return { taskId, sentAt: -days * DAY, ages, latest: funnel(days * DAY), series: [] }
}

/** Returns whether the delivery of two campaigns is called different. */
function isDifferent(a: TaskGrowth, b: TaskGrowth): boolean {
  return compareTasks([a, b], undefined).tasks[1]?.differences?.delivery?.beyondChance ?? false
}

/** Returns what their newest counts would say, if these were compared in spite of their ages. */
function isDifferentLatest(a: TaskGrowth, b: TaskGrowth): boolean {
  const [from, to] = [a, b].map(({ latest }) => ({ part: latest?.total.delivered ?? 0, whole: SENT }))
  return (from && to && differenceBetween(from, to)?.beyondChance) ?? false
}

test('campaigns of different days with the same behaviour are equal at equal age, and 3 points are found', () => {
  const seeds = dose(20, 200)
  let [wrong, missed, wrongLatest] = [0, 0, 0]
  for (let seed = 1; seed <= seeds; seed++) {
    const random = randomOf(seed)
    const rate = 0.4 + 0.5 * random()
    const first = campaign('a', random, { rate, days: 9 })
    const same = campaign('b', random, { rate, days: 1.2 })
    // The age of both is one day, when the receipts of a part are still on their way.
    const arrived = 1 - 0.5 ** (DAY / HALF_S)
    const better = campaign('c', random, { rate: rate + 0.03 / arrived, days: 1.2 })
    if (isDifferent(first, same)) wrong++
    if (!isDifferent(first, better)) missed++
    if (isDifferentLatest(first, same)) wrongLatest++
  }
  expect(compareTasks([campaign('a', randomOf(1), { rate: 0.5, days: 9 })], undefined).ages).toEqual(TASK_AGES)
  figure(
    'Chance',
    `${seeds} pairs of campaigns with 20,000 sent each, 9 and 1.2 days old, compared at 24 h: ${wrong} with the same behaviour were called different (by their latest counts ${wrongLatest}), ${missed} with 3 points between them were called equal`,
  )
  expect(wrong).toBeLessThanOrEqual(Math.ceil(seeds * 0.03))
  expect(missed).toBe(0)
  // This is why campaigns are compared at equal age.
  expect(wrongLatest).toBe(seeds)
})
