import { megabytes } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'

/** What is shown as 0.0 MB otherwise, although there is something. */
const SMALL = 50_000

/** Writes a size in MB. Something small is not 0. */
export function sizeText(bytes: number, { t, locale }: Words): string {
  if (bytes === 0) return t('retention.mb', { mb: '0' })
  return bytes < SMALL
    ? t('retention.mb', { mb: `<\u202f${megabytes(100_000, locale)}` })
    : t('retention.mb', { mb: megabytes(bytes, locale) })
}
