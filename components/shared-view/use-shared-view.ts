import { type ComponentType, useCallback, useEffect, useRef, useState } from 'react'
import type { SharedPageProps } from '@/components/report/share/shared-props'
import { ApiError, errorCodeOf } from '@/lib/browser/api'
import { readCopy, type SharedAccess, viewShare } from '@/lib/browser/shared-view'
import type { ErrorCode } from '@/lib/contract/errors'
import type { SharedHead, SharedView, ShareQuery, ViewShareReply } from '@/lib/contract/shares/view'

/** Loads the script of a page. */
export type LoadPage = (page: SharedView['page']) => Promise<ComponentType<SharedPageProps>>

export type Refusal = 'refused' | 'unreachable' | 'tooMany'

export interface OpenView {
  head: SharedHead
  view: SharedView
  query: ShareQuery
  Page: ComponentType<SharedPageProps>
}

export type SharedState =
  | { step: 'opening' }
  | { step: 'refused'; why: Refusal }
  | { step: 'password'; busy: boolean; failure: 'wrong' | 'tooMany' | null }
  | { step: 'open'; open: OpenView; busy: boolean; failure: ErrorCode | null }

/** A live view is read again at this interval while somebody looks at it. */
const REFRESH_MS = 60_000

interface SharedViewHandle {
  state: SharedState
  ask(query: ShareQuery): void
  enter(password: string): void
  /** Reads the file of a frozen link. */
  copy(): Promise<Blob>
}

/** Opens a shared view and keeps it current. The secret and the pass of the password stay in memory. */
export function useSharedView(access: SharedAccess, first: ShareQuery, load: LoadPage): SharedViewHandle {
  const [state, setState] = useState<SharedState>({ step: 'opening' })
  const pass = useRef<string | null>(null)
  const query = useRef(first)
  const request = useRef<AbortController | null>(null)
  const run = useCallback(
    async (password?: string) => {
      request.current?.abort()
      const own = new AbortController()
      request.current = own
      const { signal } = own
      const asked = query.current
      try {
        const given = password === undefined ? {} : { password }
        const reply = await viewShare(access, { query: asked, pass: pass.current, signal, ...given })
        if (reply.state === 'open') pass.current = reply.pass ?? pass.current
        const next = await stateOf(reply, asked, load)
        if (!signal.aborted) setState(next)
      } catch (error) {
        if (!signal.aborted) setState((before) => failed(before, error, password !== undefined))
      }
    },
    [access, load],
  )
  useEffect(() => {
    run()
    return () => request.current?.abort()
  }, [run])
  const isLive = state.step === 'open' && state.open.head.kind === 'live'
  useEffect(() => {
    if (!isLive) return
    const timer = setInterval(() => document.visibilityState === 'visible' && run(), REFRESH_MS)
    return () => clearInterval(timer)
  }, [isLive, run])
  return {
    state,
    ask(next) {
      query.current = next
      setState((before) => (before.step === 'open' ? { ...before, busy: true } : { step: 'opening' }))
      run()
    },
    enter(password) {
      setState({ step: 'password', busy: true, failure: null })
      run(password)
    },
    copy: () => readCopy(access, pass.current),
  }
}

/** Loads the page's script before the numbers are shown, so that they appear at once and nothing moves. */
async function stateOf(reply: ViewShareReply, query: ShareQuery, load: LoadPage): Promise<SharedState> {
  if (reply.state === 'password') return { step: 'password', busy: false, failure: null }
  const { head, view } = reply
  return { step: 'open', open: { head, view, query, Page: await load(view.page) }, busy: false, failure: null }
}

/** A refusal closes the view at once. Any other error leaves the numbers, or lets people try again. */
function failed(before: SharedState, error: unknown, wasPassword: boolean): SharedState {
  const code = errorCodeOf(error) ?? 'internal'
  if (wasPassword && error instanceof ApiError && (code === 'not_found' || code === 'too_many')) {
    return { step: 'password', busy: false, failure: code === 'not_found' ? 'wrong' : 'tooMany' }
  }
  if (code === 'not_found') return { step: 'refused', why: 'refused' }
  if (before.step === 'open') return { ...before, busy: false, failure: code }
  if (before.step === 'password') return { ...before, busy: false, failure: 'wrong' }
  return { step: 'refused', why: code === 'too_many' ? 'tooMany' : 'unreachable' }
}
