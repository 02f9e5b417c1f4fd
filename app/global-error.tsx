'use client'
import './globals.css'
import { Crash } from '@/components/frame/crash'

/** Stands in for the root layout when that is what broke. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en" data-theme="system">
      <body>
        <Crash reference={error.digest} retry={reset} />
      </body>
    </html>
  )
}
