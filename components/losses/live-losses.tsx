'use client'
import { useQuery } from '@tanstack/react-query'
import { memo, type ReactNode, useDeferredValue, useMemo } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { errorCodeOf } from '@/lib/browser/api'
import { lossesOptions } from '@/lib/browser/queries'
import { type Grouping, type LossesView, lossesParams } from '@/lib/contract/links'
import { LossReport } from './report'

interface Props {
  app: string
  appParam: string | null
  view: LossesView
  grouping: Grouping
  mayEdit: boolean
  /** The search for a code, below the losses. */
  find: ReactNode
  locale: Locale
  messages: Partial<Messages>
}

const Losses = memo(LossReport)

/**
 * Renders the losses and refreshes them. The server's reply is in the query cache, so the first render sends no
 * request. A later reply renders in pieces, so that it blocks nobody who scrolls or types on a slow phone.
 */
export function LiveLosses({ app, appParam, view, grouping, mayEdit, find, locale, messages }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const { data, error } = useQuery(lossesOptions(app, lossesParams(view)))
  const reply = useDeferredValue(data)
  if (!reply) return null
  return (
    <Losses
      reply={reply}
      find={find}
      app={appParam}
      view={view}
      grouping={grouping}
      editable={mayEdit ? app : null}
      words={words}
      failure={errorCodeOf(error)}
    />
  )
}
