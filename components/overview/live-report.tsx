'use client'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { CheckAgain } from '@/components/frame/check-again'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { errorCodeOf } from '@/lib/browser/api'
import { funnelOptions } from '@/lib/browser/queries'
import type { LossesLink } from './loss-href'
import { Report } from './report'
import type { TopReasons } from './totals'
import type { IntervalLink } from './trend'

interface Props {
  app: string
  params: string
  links: IntervalLink[]
  mayCheck: boolean
  /** Where the losses of the same range are. */
  losses: LossesLink
  topReasons?: TopReasons
  /** The card of what changed, which refreshes itself. */
  changes?: ReactNode
  locale: Locale
  messages: Partial<Messages>
}

/**
 * Renders the report and refreshes it. The server's reply is in the query cache, so the first render sends no request.
 */
export function LiveReport({ app, params, mayCheck, losses, topReasons, changes, links, locale, messages }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const { data, error } = useQuery(funnelOptions(app, params))
  const repair = mayCheck && <CheckAgain app={app} words={words} />
  return data ? (
    <Report
      reply={data}
      losses={losses}
      topReasons={topReasons}
      changes={changes}
      links={links}
      words={words}
      failure={errorCodeOf(error)}
      repair={repair}
    />
  ) : null
}
