'use client'
import { useState } from 'react'

type State = 'copy' | 'copied' | 'failed'

interface Props {
  /** The text, or what makes it once it is asked for. */
  text: string | (() => Promise<string>)
  labels: Record<State, string>
  kind?: 'main'
}

/**
 * Copies a text, and shows on the button whether that worked. It is hidden without JavaScript; the page shows the text.
 */
export function CopyText({ text, labels, kind }: Props) {
  const [state, setState] = useState<State>('copy')
  const copy = async () => {
    const written = await Promise.resolve()
      .then(async () => navigator.clipboard.writeText(typeof text === 'string' ? text : await text()))
      .then(
        () => 'copied' as const,
        () => 'failed' as const,
      )
    setState(written)
  }
  return (
    <button type="button" className="button no-print needs-script max-sm:min-h-11" data-kind={kind} onClick={copy}>
      <span aria-live="polite">{labels[state]}</span>
    </button>
  )
}
