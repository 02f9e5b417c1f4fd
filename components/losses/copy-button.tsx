import type { Words } from '@/components/i18n/words'
import { CopyText } from '@/components/ui/copy-text'

/** Copies the ticket text. Without JavaScript the page of the code shows the text. */
export function CopyButton({ text, words: { t } }: { text: string; words: Words }) {
  const labels = {
    copy: t('losses.ticket.copy'),
    copied: t('losses.ticket.copied'),
    failed: t('losses.ticket.failed'),
  }
  return <CopyText text={text} labels={labels} />
}
