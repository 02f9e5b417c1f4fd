import { exact } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import type { ReasonRow } from '@/lib/contract/losses'

/** ▲ how many more, ▼ how many less, or that there were none before. Silent where nothing can be said. */
export function lossChangeText(change: ReasonRow['change'], { t }: Words): string {
  if (change === null) return ''
  const { count, before } = change
  if (before === 0 && count > 0) return t('losses.change.new')
  if (count === 0) return t('losses.change.same')
  return `${count > 0 ? '▲' : '▼'} ${exact(Math.abs(count))}`
}

/** The same in words, for who hears the page. */
export function lossChangeMeaning(change: ReasonRow['change'], { t }: Words): string | undefined {
  return change === null ? undefined : t('losses.change.before', { n: exact(change.before) })
}
