import { exact } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import type { ReasonRow } from '@/lib/contract/losses'

/** Returns ▲ or ▼ with the difference, or "new". Returns '' when the change is unknown. */
export function lossChangeText(change: ReasonRow['change'], { t }: Words): string {
  if (change === null) return ''
  const { count, before } = change
  if (before === 0 && count > 0) return t('losses.change.new')
  if (count === 0) return t('losses.change.same')
  return `${count > 0 ? '▲' : '▼'} ${exact(Math.abs(count))}`
}

/** Returns the same in words, for screen readers. */
export function lossChangeMeaning(change: ReasonRow['change'], { t }: Words): string | undefined {
  return change === null ? undefined : t('losses.change.before', { n: exact(change.before) })
}
