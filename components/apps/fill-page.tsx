import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import { pickMessages } from '@/components/i18n/messages'
import type { Words } from '@/components/i18n/words'
import { statusOptions } from '@/lib/browser/queries'
import type { AppReply, StatusReply } from '@/lib/contract/apps'
import { pageHref } from '@/lib/contract/links'
import { FirstFill } from './first-fill'
import { RemoveDemo } from './remove-demo'

interface Props {
  status: StatusReply
  demo: AppReply | null
  words: Words
}

/** Shows how far the first fill is, where to go meanwhile, and a demo that is not needed any more. */
export function FillPage({ status, demo, words }: Props) {
  const { t, locale } = words
  const { id, name } = status.app
  const cache = new QueryClient()
  cache.setQueryData(statusOptions(id).queryKey, status)
  const messages = pickMessages(locale, ['apps', 'errors'])
  return (
    <div className="mx-auto max-w-180 space-y-4">
      <section className="card space-y-4 p-5 sm:p-6">
        <div>
          <h1 className="text-20 font-semibold">{t('apps.fill.title', { name })}</h1>
          <p className="mt-1 text-second">{t('apps.fill.lead')}</p>
        </div>
        <HydrationBoundary state={dehydrate(cache)}>
          <FirstFill app={id} locale={locale} messages={messages} />
        </HydrationBoundary>
        <p className="flex flex-wrap gap-2">
          <a href={pageHref('overview', id)} className="button min-h-10" data-kind="main">
            {t('apps.fill.open')}
          </a>
          <a href={pageHref('connectApp', null)} className="button min-h-10">
            {t('apps.fill.another')}
          </a>
          <a href={pageHref('apps', id)} className="button min-h-10">
            {t('apps.fill.all')}
          </a>
        </p>
      </section>
      {demo && <RemoveDemo app={demo} locale={locale} messages={messages} />}
    </div>
  )
}
