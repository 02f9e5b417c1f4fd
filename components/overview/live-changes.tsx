'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type PageMessages } from '@/components/i18n/words'
import { CopyText } from '@/components/ui/copy-text'
import { changesOptions, funnelOptions } from '@/lib/browser/queries'
import { type FunnelView, overviewHref } from '@/lib/contract/links'
import type { ReasonTitles } from './change-text'
import { Changes } from './changes'
import type { LossesLink } from './loss-href'

export interface LiveChangesProps {
  app: string
  /** The queries of the changes and of the funnel beside them. */
  params: string
  funnel: string
  view: FunnelView
  losses: LossesLink
  /** The titles of the causes that the server knows of. A cause that comes later is shown by its code. */
  titles: ReasonTitles
  demo: boolean
  locale: Locale
  messages: PageMessages
}

/** Renders what changed and refreshes it. The server's reply is in the query cache. */
export function LiveChanges({ app, params, funnel, view, losses, titles, demo, locale, messages }: LiveChangesProps) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const { data } = useQuery(changesOptions(app, params))
  const cache = useQueryClient()
  if (!data) return null
  const summary = async () => {
    const reply = cache.getQueryData(funnelOptions(app, funnel).queryKey)
    if (!reply) throw new Error('the page has no numbers yet')
    const { summaryText } = await import('./summary-text')
    const { from, to, tz } = reply.range
    const url = new URL(overviewHref(losses.app, { ...view, from, to, tz }), location.origin).href
    return summaryText({ reply, changes: data, titles, demo, url }, words)
  }
  const labels = {
    copy: words.t('changes.copy.copy'),
    copied: words.t('changes.copy.copied'),
    failed: words.t('changes.copy.failed'),
  }
  return (
    <Changes
      reply={data}
      titles={titles}
      losses={losses}
      copy={<CopyText text={summary} labels={labels} />}
      words={words}
    />
  )
}
