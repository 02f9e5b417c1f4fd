'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/**
 * Renders the page again after `ms`, because an answer of Tencent is on its way. `atMs` is when the page was read: it is
 * new with each reply, while a queue that does not move gives the same reply twice.
 */
export function RefreshSoon({ ms, atMs }: { ms: number; atMs: number }) {
  const router = useRouter()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another reply starts another wait
  useEffect(() => {
    const timer = setTimeout(() => router.refresh(), ms)
    return () => clearTimeout(timer)
  }, [ms, atMs, router])
  return null
}
