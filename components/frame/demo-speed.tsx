'use client'
import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { setCollecting } from '@/lib/browser/collecting'

/** Tencent's own limit, in seconds between two calls. */
const REAL_EVERY_S = 1

interface Props {
  app: string
  /** Whether the app is called at Tencent's own speed now. */
  paced: boolean
  text: string
  failed: string
}

/** Switches a demo between its own speed and Tencent's, with the pace that an administrator can set for any app. */
export function DemoSpeed({ app, paced, text, failed }: Props) {
  const router = useRouter()
  const [hasFailed, setHasFailed] = useState(false)
  const [isPending, start] = useTransition()
  const change = () =>
    start(async () => {
      const changed = setCollecting(app, { everyS: paced ? null : REAL_EVERY_S })
      const isDone = await changed.then(
        () => true,
        () => false,
      )
      setHasFailed(!isDone)
      router.refresh()
    })
  return (
    <>
      <button type="button" className="underline disabled:opacity-60" disabled={isPending} onClick={change}>
        {text}
      </button>
      <span role="status" className="empty:hidden">
        {hasFailed && failed}
      </span>
    </>
  )
}
