import { isoDay, second } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { stripControls } from '@/components/ui/strip-controls'

/** Returns `2026-11-20 14:05`, with the year, because campaigns are stored without a time limit. */
export function moment(iso: string, tz: string): string {
  return `${isoDay(iso, tz)} ${second(iso, tz).slice(0, 5)}`
}

/** Returns a campaign's name; its ID where it has none. */
export function nameOf({ label, taskId }: { label: string; taskId: string }): string {
  return stripControls(label || taskId)
}

/** Returns an age in seconds as a text: minutes, hours, or days from two days on. */
export function ageText(seconds: number, { t }: Words): string {
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return t('campaign.span.minutes', { n: minutes })
  const hours = Math.round(seconds / 3_600)
  if (hours < 48) return t('campaign.span.hours', { n: hours })
  return t('campaign.span.days', { n: Math.round(seconds / 86_400) })
}
