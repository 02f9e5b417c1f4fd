import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { LANGUAGE_NAMES, LOCALES } from '@/components/i18n/locale'
import { messagesOf, pickMessages } from '@/components/i18n/messages'
import type { Words } from '@/components/i18n/words'
import { plain } from '@/components/ui/plain'
import { type TraceKey, traceOptions } from '@/lib/browser/queries'
import type { AppReply } from '@/lib/contract/apps'
import type { TraceReply } from '@/lib/contract/traces'
import { Forms, type LookupFields } from './forms'
import { LiveTrace } from './live-trace'
import type { Replies } from './reply'

interface Props {
  appParam: string | null
  fields: LookupFields
  /** The answer, or what the page says instead of one; null before anything was asked. */
  answer: ReactNode
  words: Words
}

/** The look-up page: two forms, and once something was asked, the answer first and the forms folded away. */
export function Lookup({ appParam, fields, answer, words }: Props) {
  const { t } = words
  const forms = <Forms app={appParam} fields={fields} words={words} />
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h1 className="text-20 font-semibold">{t('lookup.title')}</h1>
        {answer === null && <p className="text-second">{t('lookup.lead')}</p>}
      </div>
      {answer === null ? (
        forms
      ) : (
        <details className="group">
          <summary className="card flex min-h-11 flex-wrap items-center justify-between gap-x-6 gap-y-1 px-5 py-2.5 group-open:mb-4 max-sm:px-4">
            <Subject fields={fields} words={words} />
            <span className="link">{t('lookup.another')}</span>
          </summary>
          {forms}
        </details>
      )}
      {answer}
    </div>
  )
}

/** What was asked for, as it was typed. */
function Subject({ fields, words: { t } }: { fields: LookupFields; words: Words }) {
  const asked = (['pushId', 'taskId', 'userId'] as const).filter((name) => fields[name])
  return (
    <span className="flex min-w-0 flex-wrap gap-x-5 gap-y-1">
      {asked.map((name) => (
        <span key={name} className="min-w-0">
          <span className="text-13 text-second">{t(`lookup.form.${name}`)}</span>{' '}
          <span className="font-mono text-13 break-all">{plain(fields[name])}</span>
        </span>
      ))}
    </span>
  )
}

interface FoundProps {
  app: Pick<AppReply, 'id' | 'name' | 'sdkAppId' | 'utcOffset'>
  trace: TraceKey
  reply: TraceReply
  words: Words
}

export function Found({ app, trace, reply, words }: FoundProps) {
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
        replies={repliesInAll()}
        locale={words.locale}
        messages={pickMessages(words.locale, ['common', 'errors', 'lookup', 'overview', 'vendors', 'verdicts'])}
      />
    </HydrationBoundary>
  )
}

/** What was looked up and in which app, as tickets say it. */
function aboutOf(trace: TraceKey, { name, sdkAppId }: FoundProps['app'], { t }: Words): string {
  const id = 'pushId' in trace ? t('lookup.ticket.pushId', { id: trace.pushId }) : t('lookup.ticket.task', trace)
  return `${plain(id)} · ${t('lookup.ticket.app', { name, sdkAppId: String(sdkAppId) })}`
}

export function repliesInAll(): Replies {
  return LOCALES.map((locale) => ({ locale, name: LANGUAGE_NAMES[locale], texts: messagesOf(locale).replies }))
}
