import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { pickMessages } from '@/components/i18n/messages'
import { day } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import type { PictureSubject } from '@/components/report/picture/funnel-lines'
import { vendorNames } from '@/components/report/vendor'
import { stripControls } from '@/components/ui/strip-controls'
import { lossesOptions } from '@/lib/browser/queries'
import type { TagFilter } from '@/lib/contract/campaigns/tag-filter'
import { codeHref, type LossesView, lossesHref, lossesParams } from '@/lib/contract/links'
import type { CandidateReply, LossesReply } from '@/lib/contract/losses'
import { PATHS } from '@/lib/contract/paths'
import { LossesBar } from './bar/losses-bar'
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
  /** What a picture says about its data. */
  subject: PictureSubject
  /** Epoch milliseconds of the data's clock. */
  nowMs: number
  reply: LossesReply
  words: Words
}

/** Renders the page of one code, or of a search. */
export function Code(props: Props) {
  const { app, appParam, view, tag, code, entries, mayEdit, example, user, subject, nowMs, reply, words } = props
  const { t } = words
  const params = lossesParams(view)
  const live = { locale: words.locale, messages: pickMessages(words.locale, LOSSES_WORDS, words.channels) }
  const cache = new QueryClient()
  cache.setQueryData(lossesOptions(app, params).queryKey, reply)
  return (
    <>
      <p className="no-print mb-1 text-13">
        <Link prefetch={false} href={lossesHref(appParam, view)} className="link">
          {t('losses.code.back')}
        </Link>
      </p>
      {/* The bar follows the reply too. Outside, it would make the query first, and the report would start empty. */}
      <HydrationBoundary state={dehydrate(cache)}>
        <LossesBar
          {...{ app, appParam, view, reply, code, subject, nowMs, live, words }}
          title={t('losses.code.title', { code: stripControls(code) || t('losses.code.empty') })}
          grouping="code"
          path={PATHS.code}
          keptFields={{ code, vendor: view.vendor }}
          hrefOf={(other) => codeHref(appParam, other, code)}
          chips={
            <Filters
              {...{ view, tag, words }}
              range={reply.range}
              hrefOf={(other) => codeHref(appParam, other, code)}
            />
          }
        />
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
        <LiveCode
          key={`${app}?${params}`}
          app={app}
          params={params}
          code={code}
          entries={entries}
          mayEdit={mayEdit}
          find={<FindCode app={appParam} view={view} initial={stripControls(code)} words={words} />}
          {...live}
        />
      </HydrationBoundary>
    </>
  )
}
