'use client'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { useViewerZone } from '@/components/i18n/viewer-zone'
import { createWords, type Messages } from '@/components/i18n/words'
import type { Replies } from '@/components/report/trace/replies'
import { errorCodeOf } from '@/lib/browser/api'
import { type TraceKey, traceOptions } from '@/lib/browser/queries'
import { Trace } from './trace'

interface Props {
  app: string
  trace: TraceKey
  tz: string
  locale: Locale
  messages: Partial<Messages>
  about: string
  replies: Replies
  /** The button that shares the answer as evidence. */
  share?: ReactNode
}

/** Renders a trace and refreshes it while Tencent's answer is outstanding. */
export function LiveTrace({ app, trace, tz, locale, messages, about, replies, share }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const { data, error } = useQuery(traceOptions(app, trace))
  const viewerZone = useViewerZone()
  if (!data) return null
  return (
    <Trace
      reply={data}
      tz={tz}
      viewerZone={viewerZone}
      about={about}
      replies={replies}
      share={share}
      words={words}
      failure={errorCodeOf(error)}
    />
  )
}
