import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import { pickMessages } from '@/components/i18n/messages'
import type { Words } from '@/components/i18n/words'
import { allReplies } from '@/components/report/trace/all-replies'
import { stripControls } from '@/components/ui/strip-controls'
import { userOptions } from '@/lib/browser/queries'
import type { AppReply } from '@/lib/contract/apps'
import { eraseHref, pageHref } from '@/lib/contract/links'
import type { UserReply } from '@/lib/contract/users'
import { LiveUser } from './live-user'
import { Since } from './since'

interface Props {
  app: AppReply
  appParam: string | null
  since: string | undefined
  reply: UserReply
  mayErase: boolean
  words: Words
}

/** Renders the page of one user from stored data. The browser then continues to ask. */
export function UserPage({ app, appParam, since, reply, mayErase, words }: Props) {
  const { t, locale } = words
  const cache = new QueryClient()
  cache.setQueryData(userOptions(app.id, { ref: reply.ref, since }).queryKey, reply)
  const messages = pickMessages(
    locale,
    ['common', 'errors', 'lookup', 'overview', 'user', 'vendors', 'verdicts'],
    words.channels,
  )
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-20 font-semibold">
            {t('user.title')} <span className="font-mono text-16 break-all">{stripControls(reply.userId)}</span>
          </h1>
          <p className="text-second">{t('user.lead')}</p>
        </div>
        <Since app={app} appParam={appParam} since={since} reply={reply} words={words} />
      </div>
      <HydrationBoundary state={dehydrate(cache)}>
        <LiveUser
          key={`${reply.ref} ${since}`}
          app={app}
          userRef={reply.ref}
          since={since}
          replies={allReplies()}
          locale={locale}
          messages={messages}
        />
      </HydrationBoundary>
      <p className="no-print flex flex-wrap gap-x-6 gap-y-2 text-13">
        <a className="link" href={pageHref('lookup', appParam)}>
          {t('lookup.another')}
        </a>
        {mayErase && (
          <a className="link" href={eraseHref(appParam, reply.ref)}>
            {t('user.erase')}
          </a>
        )}
      </p>
    </div>
  )
}
