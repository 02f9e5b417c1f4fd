import type { Locale } from '@/components/i18n/locale'
import { compact } from '@/components/i18n/number'
import { day, distinctMinute, second } from '@/components/i18n/time'
import type { BucketReply, Interval } from '@/lib/contract/funnel'

type Span = Pick<BucketReply, 'from' | 'to'>

/** Returns `14 Nov` for a whole day and `14 Nov 12:00` for an hour. A partial bucket shows both ends. */
export function bucketLabel({ from, to }: Span, interval: Interval, tz: string, locale: Locale): string {
  if (interval === 'hour') return distinctMinute(from, tz, locale)
  const whole = [from, to].every((at) => second(at, tz) === '00:00:00')
  if (!whole) return `${distinctMinute(from, tz, locale)} – ${distinctMinute(to, tz, locale)}`
  const [first, last] = [day(from, tz, locale), day(new Date(Date.parse(to) - 1_000).toISOString(), tz, locale)]
  return first === last ? first : `${first} – ${last}`
}

/** Returns the short label below the chart: the time for up to two days by hour, else the day. */
export function axisLabel(
  bucket: Span | undefined,
  { count, interval, tz, locale }: { count: number; interval: Interval; tz: string; locale: Locale },
): string {
  if (!bucket) return ''
  return interval === 'hour' && count <= 48 ? second(bucket.from, tz).slice(0, 5) : day(bucket.from, tz, locale)
}

/** Returns the label of a mark on the scale. */
export function scaleLabel(count: number, locale: Locale): string {
  return compact(count, locale)
}
