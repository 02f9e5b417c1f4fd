'use client'
import { useQuery } from '@tanstack/react-query'
import { memo, type ReactNode, useDeferredValue, useMemo, useState } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import type { PictureSubject } from '@/components/report/picture/funnel-lines'
import { useWhenIdle } from '@/components/ui/when-idle'
import { errorCodeOf } from '@/lib/browser/api'
import { annotationsOptions, changesOptions, funnelOptions } from '@/lib/browser/queries'
import type { ChangeReply } from '@/lib/contract/changes/changes'
import type { AnnotationReply } from '@/lib/contract/chart/annotations'
import type { TrendView } from '@/lib/contract/chart/trend-view'
import type { VendorSort } from '@/lib/contract/chart/vendor-sorts'
import type { ErrorCode } from '@/lib/contract/errors'
import type { FunnelReply } from '@/lib/contract/funnel'
import type { LossesLink } from './loss-href'
import { Report } from './report'
import { SHOWN_CHANGES } from './shown-changes'
import type { TopReasons } from './total-drops'
import type { TrendLink } from './trend/trend-links'
import type { SortLink } from './vendor-table'

interface Props {
  app: string
  params: string
  links: TrendLink[]
  /** The chart as the server rendered it, until its script has loaded. */
  trend: ReactNode
  sort: VendorSort
  sortLinks: SortLink[]
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
  /** The card of what changed, which refreshes itself. */
  changes?: ReactNode
  /** The query of this card; null where there is none. */
  changesParams: string | null
  locale: Locale
  messages: Partial<Messages>
}

const loadTools = () => import('./report-tools')

/**
 * Renders the report and refreshes it. The server's reply is in the query cache, so the first render sends no request.
 * A later reply renders in pieces, so that it blocks nobody who scrolls or types on a slow phone.
 */
export function LiveReport({ params, changesParams, marks: asked, ...shown }: Props) {
  const { app } = shown
  const { data, error } = useQuery(funnelOptions(app, params))
  // The card itself refreshes this reply.
  const { data: changes } = useQuery({ ...changesOptions(app, changesParams ?? ''), enabled: false })
  const { data: marks } = useQuery(annotationsOptions(app, asked))
  const reply = useDeferredValue(data)
  const told = useDeferredValue(changes?.items)
  const annotations = useDeferredValue(marks?.items)
  return reply ? <ReportOf {...shown} {...{ reply, told, annotations }} failure={errorCodeOf(error)} /> : null
}

interface ReportProps extends Omit<Props, 'params' | 'changesParams' | 'marks'> {
  reply: FunnelReply
  told: ChangeReply[] | undefined
  annotations: AnnotationReply[] | undefined
  failure: ErrorCode | null
}

const ReportOf = memo(function ReportOf({ app, mayCheck, locale, messages, ...rest }: ReportProps) {
  const { reply, told, annotations = [], failure, view, mayNote, subject, links, trend, ...shown } = rest
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const [edited, setEdited] = useState<AnnotationReply | null>(null)
  const tools = useWhenIdle(loadTools)
  const repair = mayCheck && tools && <tools.CheckAgain app={app} words={words} />
  return (
    <Report
      {...shown}
      reply={reply}
      told={told?.slice(0, SHOWN_CHANGES)}
      trend={
        tools ? (
          <tools.Trend
            reply={reply}
            links={links}
            extras={{
              view,
              annotations,
              Tip: tools.TrendTip,
              ...(mayNote ? { onEdit: setEdited } : {}),
              actions: (
                <tools.TrendActions
                  {...{ app, reply, view, annotations, words, subject, mayNote, edited }}
                  onDone={() => setEdited(null)}
                />
              ),
            }}
            words={words}
          />
        ) : (
          trend
        )
      }
      picture={tools && <tools.TableButton reply={reply} subject={subject} words={words} />}
      words={words}
      failure={failure}
      repair={repair}
    />
  )
})
