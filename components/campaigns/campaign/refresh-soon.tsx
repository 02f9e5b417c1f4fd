'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/** Renders the page again after `ms`, because an answer of Tencent is on its way. `state` changes with each reply. */
export function RefreshSoon({ ms, state }: { ms: number; state: string }) {
  const router = useRouter()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another reply starts another wait
  useEffect(() => {
    const timer = setTimeout(() => router.refresh(), ms)
    return () => clearTimeout(timer)
  }, [ms, state, router])
  return null
}
