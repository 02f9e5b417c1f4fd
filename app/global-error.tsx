'use client'
import './globals.css'
import { useSyncExternalStore } from 'react'
import { Crash } from '@/components/frame/crash'

const NEVER = () => () => {}

/**
 * Replaces whatever has failed, also the root layout. It is the only error page, because every first load contains it. A
 * page that failed in the browser keeps its language and theme.
 */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const isServer = useSyncExternalStore(
    NEVER,
    () => false,
    () => true,
  )
  const { lang, dataset, className } = isServer ? PLAIN : document.documentElement
  return (
    <html lang={lang} data-theme={dataset.theme} className={className}>
      <body>
        <Crash reference={error.digest} retry={reset} />
      </body>
    </html>
  )
}

/** The server does not know the preferences here: reading them may be what failed. */
const PLAIN = { lang: 'en', dataset: { theme: 'system' }, className: '' }
