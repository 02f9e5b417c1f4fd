import type { Unit } from '@/components/charts/points'
import type { Locale } from '@/components/i18n/locale'
import { compact, exact, percent } from '@/components/i18n/number'
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

/**
 * Returns the short label below the chart: the day, or for hours the time. `day` is the date below a time, at the first
 * label and where the day changes since `before`, the label on the left.
 */
export function axisLabel(
  bucket: Span | undefined,
  before: Span | undefined,
  { interval, tz, locale }: { interval: Interval; tz: string; locale: Locale },
): { text: string; day: string | null } {
  if (!bucket) return { text: '', day: null }
  const date = day(bucket.from, tz, locale)
  if (interval !== 'hour') return { text: date, day: null }
  const isNew = !before || day(before.from, tz, locale) !== date
  return { text: second(bucket.from, tz).slice(0, 5), day: isNew ? date : null }
}

/** Returns the label of a mark on the scale. */
export function scaleLabel(value: number, unit: Unit, locale: Locale): string {
  return unit === 'share'
    ? `${Math.round(value * 1_000) / 10}${locale === 'en' ? '\u202f' : ''}%`
    : compact(value, locale)
}

/** Returns a value of a line: exact, or as a percentage. Null is the word for an unknown value. */
export function valueText(value: number | null, unit: Unit, { locale, unknown }: { locale: Locale; unknown: string }) {
  if (value === null) return unknown
  return unit === 'share' ? percent(value, locale) : exact(value)
}
