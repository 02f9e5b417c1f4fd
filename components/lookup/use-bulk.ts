import { useCallback, useEffect, useRef, useState } from 'react'
import { errorCodeOf } from '@/lib/browser/api'
import { askBulk, mergeRows, nextQuery } from '@/lib/browser/bulk'
import type { BulkReply, BulkRow } from '@/lib/contract/bulk'
import type { ErrorCode } from '@/lib/contract/errors'

export interface Bulk {
  rows: BulkRow[]
  /** The newest answer, with its place, estimate and problem; null before the first. */
  last: BulkReply | null
  leftOut: number
  state: 'loading' | 'running' | 'stopped' | 'finished' | 'lost'
  failure: ErrorCode | null
  stop(): void
  /** Continues. `anyway` also sends the look-ups that have objections. */
  resume(anyway: boolean): void
}

const SOON_MS = 300
const TROUBLE_MS = 5_000

/** Sends requests until nothing waits. A list that nobody views sends none. */
export function useBulk(app: string, list: string): Bulk {
  const [rows, setRows] = useState<BulkRow[]>([])
  const [last, setLast] = useState<BulkReply | null>(null)
  const [leftOut, setLeftOut] = useState(0)
  const [state, setState] = useState<Bulk['state']>('loading')
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  const running = useRef<AbortController>(null)

  const run = useCallback(
    async (initial: BulkRow[], anyway: boolean) => {
      running.current?.abort()
      const own = new AbortController()
      running.current = own
      let held = initial
      setState(initial.length === 0 ? 'loading' : 'running')
      for (;;) {
        const query = held.length === 0 ? { list } : nextQuery(held, anyway)
        if (!query) return setState('finished')
        let pause = SOON_MS
        try {
          const reply = await askBulk(app, query, own.signal)
          if (own.signal.aborted) return
          held = mergeRows(held, reply.rows)
          setRows(held)
          setLast(reply)
          setState('running')
          setFailure(null)
          if ('list' in query) setLeftOut(reply.leftOut)
          if (!nextQuery(held, anyway)) return setState('finished')
          if (reply.problem) pause = TROUBLE_MS
        } catch (error) {
          if (own.signal.aborted) return
          const code = errorCodeOf(error)
          setFailure(code)
          if (code !== 'unavailable') return setState(held.length === 0 ? 'lost' : 'stopped')
          pause = TROUBLE_MS
        }
        await new Promise((resolve) => setTimeout(resolve, pause))
        if (own.signal.aborted) return
      }
    },
    [app, list],
  )

  useEffect(() => {
    setRows([])
    if (list === '') setState('lost')
    else run([], false)
    return () => running.current?.abort()
  }, [run, list])

  const stop = () => {
    running.current?.abort()
    setState('stopped')
  }
  return { rows, last, leftOut, state, failure, stop, resume: (anyway) => run(rows, anyway) }
}
