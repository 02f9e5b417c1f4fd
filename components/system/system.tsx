import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import { pickMessages } from '@/components/i18n/messages'
import type { Words } from '@/components/i18n/words'
import { statusOptions } from '@/lib/browser/queries'
import type { StatusReply } from '@/lib/contract/apps'
import { LiveStatus } from './live-status'

export function System({ reply, words }: { reply: StatusReply; words: Words }) {
  const { id } = reply.app
  const cache = new QueryClient()
  cache.setQueryData(statusOptions(id).queryKey, reply)
  return (
    <>
      <h1 className="text-20 font-semibold">{words.t('system.title')}</h1>
      <p className="mb-4 text-second">{words.t('system.lead')}</p>
      <HydrationBoundary state={dehydrate(cache)}>
        <LiveStatus
          key={id}
          app={id}
          locale={words.locale}
          messages={pickMessages(words.locale, ['common', 'errors', 'system'])}
        />
      </HydrationBoundary>
    </>
  )
}
