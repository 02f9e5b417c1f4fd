'use client'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { CheckAgain } from '@/components/frame/check-again'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { errorCodeOf } from '@/lib/browser/api'
import { annotationsOptions, funnelOptions } from '@/lib/browser/queries'
import type { AnnotationReply } from '@/lib/contract/chart/annotations'
import type { TrendView } from '@/lib/contract/chart/trend-view'
import type { LossesLink } from './loss-href'
import type { PictureSubject } from './picture/picture-lines'
import { Report } from './report'
import type { TopReasons } from './totals'
import { TrendActions } from './trend/trend-actions'
import type { TrendLink } from './trend/trend-links'

interface Props {
  app: string
  params: string
  links: TrendLink[]
  view: TrendView
  /** The query of the marks on the chart. */
  marks: string
  mayNote: boolean
  /** What a picture says about its data. */
  subject: PictureSubject
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
export function LiveReport({ app, params, mayCheck, losses, topReasons, links, locale, messages, ...trend }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const { data, error } = useQuery(funnelOptions(app, params))
  const { data: marks } = useQuery(annotationsOptions(app, trend.marks))
  const [edited, setEdited] = useState<AnnotationReply | null>(null)
  const annotations = marks?.items ?? []
  const repair = mayCheck && <CheckAgain app={app} words={words} />
  return data ? (
    <Report
      reply={data}
      losses={losses}
      topReasons={topReasons}
      links={links}
      trend={{
        view: trend.view,
        annotations,
        ...(trend.mayNote ? { onEdit: setEdited } : {}),
        actions: (
          <TrendActions
            {...{ app, reply: data, view: trend.view, annotations, words }}
            subject={trend.subject}
            mayNote={trend.mayNote}
            edited={edited}
            onDone={() => setEdited(null)}
          />
        ),
      }}
      picture={trend.subject}
      words={words}
      failure={errorCodeOf(error)}
      repair={repair}
    />
  ) : null
}
