import {
  AGE_SECONDS,
  type AgeGap,
  type MedianRates,
  TASK_AGES,
  type TagMedian,
  type TaskAge,
  type TaskGrowth,
} from '@/lib/contract/campaigns/task-ages'
import { DAY } from '@/lib/contract/limits'
import type { Span } from '@/lib/report/range/windows'
import { countsAtAge } from './counts-at-age'

/** What the probe has measured about Tencent's counts; null where it is not measured. */
export interface CountingHabits {
  counted: 'sending' | 'event' | null
  lag: 'none' | 'day' | null
  end: { unit: 'second' | 'minute' | 'hour' | 'day' } | null
}

/** If Tencent counts a day late, an observation before this age shows too little. */
const LAGGED_UNTIL_S = 3 * DAY

/**
 * Returns whether a window `[sending, sending + age)` that is fetched later shows the counts at that age. It does only
 * where Tencent counts by time of event, and not in whole hours or days. Counted by time of sending, the window would
 * contain everything that happened since.
 */
export function canAskLater({ counted, end }: CountingHabits): boolean {
  return counted === 'event' && (end?.unit === 'second' || end?.unit === 'minute')
}

/** Returns the window that shows a campaign at an age. Epoch seconds; `lifeFrom` is the start of its life. */
export function ageWindow(lifeFrom: number, sentAt: number, age: TaskAge): Span {
  return { from: lifeFrom, to: sentAt + AGE_SECONDS[age] }
}

interface Fetched<C> {
  fetchedAt: number
  counts: C
}

interface Stored<C> {
  sentAt: number | null
  /** Each fetch of the whole life so far, oldest first. */
  observations: readonly Fetched<C>[]
  /** Windows from the start of the life that were fetched after their end. */
  windows: readonly (Span & Fetched<C>)[]
  habits: CountingHabits
  nowS: number
}

/**
 * Returns the counts of a campaign at an age with their real age in seconds, or why they are unknown. An observation made
 * at that age counts under every way of counting; a window fetched later only by time of event.
 */
export function countsAt<C>(
  { sentAt, observations, windows, habits, nowS }: Stored<C>,
  age: TaskAge,
): { counts: C; age: number } | AgeGap {
  if (sentAt === null) return 'no_sending_time'
  const seconds = AGE_SECONDS[age]
  if (nowS < sentAt + seconds) return 'too_young'
  const isLagged = habits.lag === 'day' && seconds < LAGGED_UNTIL_S
  const observed = isLagged ? null : countsAtAge(observations, { sentAt, age: seconds, nowS })
  if (observed) return observed
  const window = canAskLater(habits) ? windows.find(({ to }) => to === sentAt + seconds) : undefined
  return window ? { counts: window.counts, age: seconds } : 'not_collected'
}

/** Fewer other campaigns say nothing about what is usual. */
const LEAST_OTHERS = 3

/**
 * Returns for each campaign the medians of the other campaigns of its tag. A campaign with several tags gets the first
 * one that has a median at some age. A campaign without such a tag is not in the map. `only`: just these campaigns.
 */
export function tagMedians(
  growth: readonly TaskGrowth[],
  tags: ReadonlyMap<string, readonly string[]>,
  only?: ReadonlySet<string>,
): Map<string, TagMedian> {
  const byTag = new Map<string, TaskGrowth[]>()
  for (const one of growth) {
    for (const tag of tags.get(one.taskId) ?? []) byTag.set(tag, [...(byTag.get(tag) ?? []), one])
  }
  const found = new Map<string, TagMedian>()
  for (const one of growth) {
    if (only && !only.has(one.taskId)) continue
    for (const tag of tags.get(one.taskId) ?? []) {
      if (found.has(one.taskId)) break
      const ages = mediansBeside(one, byTag.get(tag) ?? [])
      if (Object.values(ages).some((rates) => rates.send !== null || rates.delivery !== null || rates.click !== null))
        found.set(one.taskId, { tag, ages })
    }
  }
  return found
}

function mediansBeside(own: TaskGrowth, campaigns: readonly TaskGrowth[]): Record<TaskAge, MedianRates> {
  const others = campaigns.filter(({ taskId }) => taskId !== own.taskId)
  return byAge((age) => {
    const totals = others.flatMap(({ ages }) => ages[age].funnel?.total ?? [])
    const basis = own.ages[age].funnel?.total.rates.clickBasis
    return {
      send: medianOf(totals.map(({ rates }) => rates.send)),
      delivery: medianOf(totals.map(({ rates }) => rates.deliveryReporting)),
      click: medianOf(totals.filter(({ rates }) => rates.clickBasis === basis).map(({ rates }) => rates.click)),
    }
  })
}

function medianOf(rates: readonly (number | null)[]): number | null {
  const known = rates.filter((rate) => rate !== null).sort((a, b) => a - b)
  if (known.length < LEAST_OTHERS) return null
  const [low, high] = [known[Math.floor((known.length - 1) / 2)], known[Math.floor(known.length / 2)]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}

/** Makes a table with one entry for each age. */
export function byAge<T>(make: (age: TaskAge) => T): Record<TaskAge, T> {
  return Object.fromEntries(TASK_AGES.map((age) => [age, make(age)])) as Record<TaskAge, T>
}
