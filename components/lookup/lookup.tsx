import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { SearchBox } from '@/components/frame/box/search-box'
import type { Viewer } from '@/components/frame/viewer'
import { pickMessages } from '@/components/i18n/messages'
import type { Words } from '@/components/i18n/words'
import type { ShareOffer } from '@/components/report/share/dialog/draft'
import { ShareControl } from '@/components/report/share/share-control'
import { allReplies } from '@/components/report/trace/all-replies'
import { stripControls } from '@/components/ui/strip-controls'
import { type TraceKey, traceOptions } from '@/lib/browser/queries'
import type { AppReply } from '@/lib/contract/apps'
import type { TraceReply } from '@/lib/contract/traces'
import { IdHelp } from './id-help'
import { LiveTrace } from './live-trace'
import { Recents } from './recents'

interface Props {
  viewer: Viewer
  /** The pasted text; '' before the first look-up. */
  text: string
  /** Opaque IDs of the person and the app, under which this browser stores recent look-ups. */
  who: string
  /** What was recognized and its answer; null before the first look-up. */
  answer: ReactNode
  words: Words
}

/** Renders the look-up page: one search box, what was recognized in it, and the answer. */
export function Lookup({ viewer, text, who, answer, words }: Props) {
  const { t } = words
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h1 className="text-20 font-semibold">{t('lookup.title')}</h1>
        {answer === null && <p className="text-second">{t('lookup.lead')}</p>}
      </div>
      <SearchBox viewer={viewer} text={text} words={words} large />
      {answer ?? (
        <>
          {viewer.app && (
            <Recents
              app={viewer.app.id}
              who={who}
              locale={words.locale}
              messages={pickMessages(words.locale, ['box'])}
            />
          )}
          <IdHelp words={words} />
        </>
      )}
    </div>
  )
}

interface FoundProps {
  app: Pick<AppReply, 'id' | 'name' | 'sdkAppId' | 'utcOffset'>
  trace: TraceKey
  reply: TraceReply
  /** Whether the viewer may share the answer with strangers. */
  mayShare: boolean
  words: Words
}

export function TraceAnswer({ app, trace, reply, mayShare, words }: FoundProps) {
  const cache = new QueryClient()
  cache.setQueryData(traceOptions(app.id, trace).queryKey, reply)
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <LiveTrace
        key={JSON.stringify(trace)}
        app={app.id}
        trace={trace}
        tz={app.utcOffset}
        about={aboutOf(trace, app, words)}
        replies={allReplies()}
        share={mayShare && reply.asOf !== null && <ShareControl offer={offerOf(trace, app, words)} words={words} />}
        locale={words.locale}
        messages={pickMessages(
          words.locale,
          ['common', 'errors', 'lookup', 'overview', 'vendors', 'verdicts'],
          words.channels,
        )}
      />
    </HydrationBoundary>
  )
}

/** A look-up is shared as a copy. The name holds no UserID, because visitors see it. */
function offerOf(trace: TraceKey, { id, name, utcOffset }: FoundProps['app'], { t }: Words): ShareOffer {
  const about = 'pushId' in trace ? trace.pushId : trace.taskId
  return {
    app: id,
    tz: utcOffset,
    name: `${name}: ${t('lookup.title')} ${stripControls(about)}`.slice(0, 80),
    content: { kind: 'lookup', lookup: { query: trace, pseudonyms: false } },
    tag: '',
    shown: null,
  }
}

/** Returns what was looked up and in which app, as one line of a ticket. */
function aboutOf(trace: TraceKey, { name, sdkAppId }: FoundProps['app'], { t }: Words): string {
  const id = 'pushId' in trace ? t('lookup.ticket.pushId', { id: trace.pushId }) : t('lookup.ticket.task', trace)
  return `${stripControls(id)} · ${t('lookup.ticket.app', { name, sdkAppId: String(sdkAppId) })}`
}
