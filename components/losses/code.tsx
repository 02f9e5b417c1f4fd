import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { pickMessages } from '@/components/i18n/messages'
import { day } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { vendorNames } from '@/components/report/vendor'
import { stripControls } from '@/components/ui/strip-controls'
import { lossesOptions } from '@/lib/browser/queries'
import type { TagFilter } from '@/lib/contract/campaigns/tag-filter'
import { codeHref, type LossesView, lossesHref, lossesParams } from '@/lib/contract/links'
import type { CandidateReply, LossesReply } from '@/lib/contract/losses'
import { Filters } from './filters'
import { FindCode } from './find-code'
import { LiveCode } from './live-code'
import { LOSSES_WORDS } from './losses'

interface Props {
  app: string
  appParam: string | null
  view: LossesView
  /** The tag that the page is limited to. */
  tag: TagFilter | null
  code: string
  entries: CandidateReply[]
  /** Whether the viewer may mark reasons as known. */
  mayEdit: boolean
  /** A stored look-up that ended with this code; null when there is none, or when the viewer may not look up. */
  example: { href: string; vendor: string; fetchedAt: string } | null
  /** The page of the user with this name; null where it can't be one, or where the viewer may not look up. */
  user: string | null
  reply: LossesReply
  words: Words
}

/** Renders the page of one code, or of a search. */
export function Code({ app, appParam, view, tag, code, entries, mayEdit, example, user, reply, words }: Props) {
  const { t } = words
  const params = lossesParams(view)
  const cache = new QueryClient()
  cache.setQueryData(lossesOptions(app, params).queryKey, reply)
  return (
    <>
      <p className="no-print mb-1 text-13">
        <Link prefetch={false} href={lossesHref(appParam, view)} className="link">
          {t('losses.code.back')}
        </Link>
      </p>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <h1 className="min-w-0 text-20 font-semibold break-words" dir="auto">
          {t('losses.code.title', { code: stripControls(code) || t('losses.code.empty') })}
        </h1>
        <FindCode app={appParam} view={view} initial={stripControls(code)} words={words} />
      </div>
      <div className="no-print mb-3 empty:hidden">
        <Filters
          view={view}
          range={reply.range}
          tag={tag}
          hrefOf={(other) => codeHref(appParam, other, code)}
          words={words}
        />
      </div>
      {user && (
        <p className="no-print mb-3 text-13">
          <a href={user} className="link" rel="nofollow">
            {t('losses.code.user', { id: stripControls(code) })}
          </a>
        </p>
      )}
      {example && (
        <p className="no-print mb-3 text-13">
          <Link prefetch={false} href={example.href} className="link">
            {t('losses.code.example', {
              vendor: vendorNames({ vendor: example.vendor, channel: null }, words).name,
              day: day(example.fetchedAt, reply.range.tz, words.locale),
            })}
          </Link>
        </p>
      )}
      <HydrationBoundary state={dehydrate(cache)}>
        <LiveCode
          key={`${app}?${params}`}
          app={app}
          params={params}
          code={code}
          entries={entries}
          mayEdit={mayEdit}
          locale={words.locale}
          messages={pickMessages(words.locale, LOSSES_WORDS, words.channels)}
        />
      </HydrationBoundary>
    </>
  )
}
