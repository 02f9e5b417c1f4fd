'use client'
import { useState } from 'react'
import type { Words } from '@/components/i18n/words'

/** Copies a text; the button itself says whether it did. Without JavaScript the page of the code holds the text. */
export function CopyButton({ text, words: { t } }: { text: string; words: Words }) {
  const [state, setState] = useState<'copy' | 'copied' | 'failed'>('copy')
  const copy = async () => {
    const written = await Promise.resolve()
      .then(() => navigator.clipboard.writeText(text))
      .then(
        () => 'copied' as const,
        () => 'failed' as const,
      )
    setState(written)
  }
  return (
    <button type="button" className="button no-print needs-script" onClick={copy}>
      <span aria-live="polite">{t(`losses.ticket.${state}`)}</span>
    </button>
  )
}
