'use client'
import './globals.css'
import { useSyncExternalStore } from 'react'
import { Crash } from '@/components/frame/crash'
import { lastPreferences, NO_PREFERENCES } from '@/components/frame/last-preferences'

const NEVER = () => () => {}

/** Replaces whatever has failed, also the root layout. It is the only error page, because every first load contains it. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const isServer = useSyncExternalStore(
    NEVER,
    () => false,
    () => true,
  )
  const { locale, theme, className } = isServer ? NO_PREFERENCES : lastPreferences()
  return (
    <html lang={locale} data-theme={theme} className={className}>
      <body>
        <Crash locale={locale} reference={error.digest} retry={reset} />
      </body>
    </html>
  )
}
