'use client'
import './globals.css'
import { Crash } from '@/components/frame/crash'
import { lastPreferences, NO_PREFERENCES } from '@/components/frame/last-preferences'
import { useHydrated } from '@/components/ui/hydrated'

/** Replaces whatever has failed, also the root layout. It is the only error page, because every first load contains it. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const { locale, theme, className } = useHydrated() ? lastPreferences() : NO_PREFERENCES
  return (
    <html lang={locale} data-theme={theme} className={className}>
      <body>
        <Crash locale={locale} reference={error.digest} retry={reset} />
      </body>
    </html>
  )
}
