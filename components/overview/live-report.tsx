'use client'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { CheckAgain } from '@/components/frame/check-again'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { errorCodeOf } from '@/lib/browser/api'
import { funnelOptions } from '@/lib/browser/queries'
import type { VendorSort } from '@/lib/contract/vendor-sort'
import type { LossesLink } from './loss-href'
import { Report } from './report'
import type { TopReasons } from './total-drops'
import type { IntervalLink } from './trend'
import type { SortLink } from './vendor-table'

interface Props {
  app: string
  params: string
  links: IntervalLink[]
  sort: VendorSort
  sortLinks: SortLink[]
  mayCheck: boolean
  /** Where the losses of the same range are. */
  losses: LossesLink
  topReasons?: TopReasons
  locale: Locale
  messages: Partial<Messages>
}

/**
 * Renders the report and refreshes it. The server's reply is in the query cache, so the first render sends no request.
 */
export function LiveReport({ app, params, mayCheck, locale, messages, ...shown }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const { data, error } = useQuery(funnelOptions(app, params))
  const repair = mayCheck && <CheckAgain app={app} words={words} />
  return data ? <Report reply={data} words={words} failure={errorCodeOf(error)} repair={repair} {...shown} /> : null
}
