'use client'
import './globals.css'
import { Crash } from '@/components/frame/crash'

/** Replaces the root layout when the root layout itself has failed. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en" data-theme="system">
      <body>
        <Crash reference={error.digest} retry={reset} />
      </body>
    </html>
  )
}
