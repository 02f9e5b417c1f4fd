import { distinctMinute } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'

/** Says why nothing is compared: the period is incomplete, or the range has no whole hour. Only whole hours are compared. */
export function notComparedText({ from, to }: { from: string; to: string }, tz: string, { t, locale }: Words): string {
  if (Date.parse(from) >= Date.parse(to)) return t('overview.compare.noHour')
  return t('overview.compare.notHeld', { from: distinctMinute(from, tz, locale), to: distinctMinute(to, tz, locale) })
}
