import { day, dayAndTime, minute } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import type { FunnelView } from '@/lib/contract/links'
import type { RangeReply } from '@/lib/contract/ranges'

const MINUTE_MS = 60_000
const isDate = (text: string | undefined) => text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text)

/** Returns the last minute of a half-open range, as an instant. */
export function lastMinute({ to }: RangeReply): string {
  return new Date(Date.parse(to) - MINUTE_MS).toISOString()
}

/** Tells whether a range was chosen by days. A range to today ends now, although its last day is whole in the question. */
export function isOfDays({ from, to, tz, preset }: RangeReply, view: FunnelView): boolean {
  if (preset !== null || (isDate(view.from) && isDate(view.to))) return true
  return [from, to].every((end) => dayAndTime(end, tz).time === '00:00')
}

/** Names a custom range as people say it: `1 Nov – 7 Nov` includes the 7th. A range of part days has its times. */
export function customLabel(range: RangeReply, view: FunnelView, { locale }: Words): string {
  const { from, to, tz } = range
  if (!isOfDays(range, view)) return `${minute(from, tz, locale)} – ${minute(to, tz, locale)}`
  const [first, last] = [day(from, tz, locale), day(lastMinute(range), tz, locale)]
  return first === last ? first : `${first} – ${last}`
}
