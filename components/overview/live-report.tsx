'use client'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { CheckAgain } from '@/components/system/check-again'
import { codeOf } from '@/lib/browser/api'
import { funnelOptions } from '@/lib/browser/queries'
import type { Mostly } from './numbers'
import { Report } from './report'
import type { IntervalLink } from './trend'

interface Props {
  app: string
  params: string
  links: IntervalLink[]
  mayCheck: boolean
  /** The address of the losses of the same range. */
  losses: string
  mostly?: Mostly
  locale: Locale
  messages: Partial<Messages>
}

/** The report kept fresh. The server puts the reply into the query cache, so the first drawing needs no call. */
export function LiveReport({ app, params, mayCheck, losses, mostly, links, locale, messages }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const { data, error } = useQuery(funnelOptions(app, params))
  const mend = mayCheck && <CheckAgain app={app} words={words} />
  return data ? (
    <Report
      reply={data}
      losses={losses}
      mostly={mostly}
      links={links}
      words={words}
      failure={codeOf(error)}
      mend={mend}
    />
  ) : null
}
