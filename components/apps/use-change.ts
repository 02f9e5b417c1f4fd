'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { errorCodeOf } from '@/lib/browser/api'
import { changeApp } from '@/lib/browser/apps'
import type { AppChangeBody } from '@/lib/contract/apps/manage'
import type { ErrorCode } from '@/lib/contract/errors'

/** Changes an app from a form, and says how that ended. */
export function useChange(app: string) {
  const router = useRouter()
  const [state, setState] = useState<'open' | 'busy' | 'done'>('open')
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  async function change(changes: AppChangeBody): Promise<void> {
    setState('busy')
    setFailure(null)
    try {
      await changeApp(app, changes)
      setState('done')
      router.refresh()
    } catch (error) {
      setFailure(errorCodeOf(error))
      setState('open')
    }
  }
  return { state, failure, change }
}
