import { isoDay, second } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { stripControls } from '@/components/ui/strip-controls'
import { DAY, HOUR } from '@/lib/contract/limits'

/** Returns `2026-11-20 14:05`, with the year, because campaigns are stored without a time limit. */
export function moment(iso: string, tz: string): string {
  return `${isoDay(iso, tz)} ${second(iso, tz).slice(0, 5)}`
}

/** Returns a campaign's name; its ID where it has none. */
export function nameOf({ label, taskId }: { label: string; taskId: string }): string {
  return stripControls(label || taskId)
}

/** Returns an age in seconds in its largest whole unit: minutes, hours, or days from two days on. */
export function ageIn(seconds: number): { unit: 'minutes' | 'hours' | 'days'; n: number } {
  if (seconds < HOUR) return { unit: 'minutes', n: Math.floor(seconds / 60) }
  if (seconds < 2 * DAY) return { unit: 'hours', n: Math.floor(seconds / HOUR) }
  return { unit: 'days', n: Math.floor(seconds / DAY) }
}

/** Returns an age in seconds as a text. */
export function ageText(seconds: number, { t }: Words): string {
  const { unit, n } = ageIn(seconds)
  return t(`campaign.span.${unit}`, { n })
}
