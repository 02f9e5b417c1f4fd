import type { Words } from '@/components/i18n/words'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Returns a duration in its two largest units. `ms` is not negative. */
export function duration(ms: number, { t }: Words): string {
  const whole = (unit: number) => Math.floor(ms / unit)
  if (ms > 0 && ms < SECOND) return t('lookup.duration.ms', { n: ms })
  if (ms < MINUTE) return t('lookup.duration.s', { n: whole(SECOND) })
  if (ms < HOUR) return t('lookup.duration.min', { m: whole(MINUTE), s: whole(SECOND) % 60 })
  if (ms < DAY) return t('lookup.duration.h', { h: whole(HOUR), m: whole(MINUTE) % 60 })
  return t('lookup.duration.d', { d: String(whole(DAY)), h: whole(HOUR) % 24 })
}
