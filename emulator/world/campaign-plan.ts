import { HOUR, startOf, weekday } from './calendar'
import { taskIdOf } from './ids'
import type { SeededRandom } from './random'

/** Whom a campaign targets. Pushes to UserIDs come from a backend, at any second; the others start on the minute. */
type Audience = 'all' | 'tag' | 'users'

/** How the pushes spread over time: with the traffic of the day, most at the start, or as fast as possible. */
type Spread = 'rhythm' | 'front' | 'burst'

export interface Campaign {
  taskId: string
  at: number
  /** Pushlens learns names, tags and notes from people or the sender's backend, not from Tencent. */
  label: string
  tags: readonly string[]
  note: string
  audience: Audience
  /** The fraction of devices it targets. */
  share: number
  /** In an A/B test, the half of the users it targets. */
  half: 0 | 1 | null
  spread: Spread
  /** The longest time from the first push to the last, in hours. It ends with the local day in any case. */
  hours: number
  /** Multiplies the click rate. */
  appeal: number
  /** Whether the vendors' limits for marketing messages apply. */
  marketing: boolean
}

interface Template extends Omit<Campaign, 'taskId' | 'at' | 'share' | 'half'> {
  /** The mean share; a campaign differs by up to 12 %. */
  share: number
  /** The local hour in which it starts. */
  hour: number
  half?: 0 | 1
}

const RHYTHM = { spread: 'rhythm', hour: 7, hours: 16 } as const
const BACKEND = { ...RHYTHM, audience: 'users', tags: ['transactional'], marketing: false } as const
const REMINDER = { ...RHYTHM, audience: 'tag', tags: ['reminder'], marketing: true, appeal: 1.2 } as const

/** One campaign a day that follows the traffic, by weekday from Sunday. */
const DAILY: readonly Template[] = [
  { ...REMINDER, label: 'Sunday digest', tags: ['news'], note: 'Readers who opened the app this week', share: 0.3 },
  { ...BACKEND, label: 'Order updates', note: 'Sent by the order service', share: 0.34, appeal: 2 },
  { ...REMINDER, label: 'Cart reminder', note: 'Carts older than a day', share: 0.26 },
  { ...BACKEND, label: 'Parcel on its way', note: 'Sent by the delivery service', share: 0.32, appeal: 2.4 },
  { ...REMINDER, label: 'Back in stock', note: 'Watched items', share: 0.28 },
  { ...BACKEND, label: 'Order updates', note: 'Sent by the order service', share: 0.38, appeal: 2 },
  { ...REMINDER, label: 'Coupon ends today', tags: ['sale', 'reminder'], note: '', share: 0.42 },
]

const NEWS: Template = {
  label: 'Monday news',
  tags: ['news'],
  note: 'Editorial, all users',
  audience: 'all',
  share: 0.58,
  spread: 'front',
  hour: 8,
  hours: 6,
  appeal: 0.7,
  marketing: true,
}
const SALE: Template = {
  label: 'Weekend sale',
  tags: ['sale'],
  note: 'Largest campaign of the week',
  audience: 'all',
  share: 0.86,
  spread: 'front',
  hour: 11,
  hours: 10,
  appeal: 1.3,
  marketing: true,
}
const SURVEY: Template = {
  label: 'Survey',
  tags: ['research'],
  note: 'Panel of about 150 people',
  audience: 'users',
  share: 0.012,
  spread: 'burst',
  hour: 16,
  hours: 1,
  appeal: 3,
  marketing: false,
}
/** Further campaigns, by weekday. */
const WEEKLY: Readonly<Record<number, Template>> = { 1: NEWS, 2: SURVEY, 5: SALE }

const TEST = { tags: ['ab-test'], audience: 'tag', spread: 'front', marketing: true, share: 0.2 } as const
/** A/B tests, by days before the anchor day. Variant B has the better click rate. */
const TESTS: Readonly<Record<number, readonly Template[]>> = {
  9: [
    { ...TEST, label: 'Title test A', note: 'Title with the price', hour: 12, hours: 6, appeal: 1, half: 0 },
    { ...TEST, label: 'Title test B', note: 'Title with the name', hour: 12, hours: 6, appeal: 1.5, half: 1 },
  ],
  3: [
    { ...TEST, label: 'Image test A', note: 'Without image', hour: 16, hours: 6, appeal: 0.9, half: 0 },
    { ...TEST, label: 'Image test B', note: 'With image', hour: 16, hours: 6, appeal: 1.4, half: 1 },
  ],
}

/** Plans the campaigns of one local day, in order of time. `daysAgo` counts back from the anchor day. */
export function planOf(
  { day, daysAgo }: { day: number; daysAgo: number },
  { seed, sdkAppId }: { seed: number; sdkAppId: number },
  random: SeededRandom,
): Campaign[] {
  const templates = [DAILY[weekday(day)], WEEKLY[weekday(day)], ...(TESTS[daysAgo] ?? [])]
  return templates
    .flatMap((template, n) => (template ? [campaignOf(template, n, day, { seed, sdkAppId }, random)] : []))
    .sort((a, b) => a.at - b.at)
}

function campaignOf(
  { hour, half: given, share, ...template }: Template,
  n: number,
  day: number,
  { seed, sdkAppId }: { seed: number; sdkAppId: number },
  random: SeededRandom,
): Campaign {
  const half = given ?? null
  const backend = template.audience === 'users'
  // Both variants of a test start in the same minute.
  const within = half === null ? (backend ? random.int(0, HOUR) : random.int(0, 6) * 300) : 0
  const at = startOf(day) + hour * HOUR + within
  const taskId = taskIdOf(seed, sdkAppId, at, n, backend)
  return { ...template, taskId, at, half, share: share * (0.88 + 0.24 * random.next()) }
}
