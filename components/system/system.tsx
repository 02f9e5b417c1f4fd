import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import { pickMessages } from '@/components/i18n/messages'
import { minute, zoneLabel } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { Notice } from '@/components/ui/notice'
import { statusOptions } from '@/lib/browser/queries'
import type { StatusReply } from '@/lib/contract/apps'
import { LiveStatus } from './live-status'

interface Props {
  reply: StatusReply
  /** When an X-Forwarded-For header was last ignored, as ISO 8601; null if not within a day. */
  untrustedProxyAt: string | null
  words: Words
}

export function System({ reply, untrustedProxyAt, words }: Props) {
  const { id } = reply.app
  const cache = new QueryClient()
  cache.setQueryData(statusOptions(id).queryKey, reply)
  return (
    <>
      <h1 className="text-20 font-semibold">{words.t('system.title')}</h1>
      <p className="mb-4 text-second">{words.t('system.lead')}</p>
      {untrustedProxyAt && (
        <div className="mb-4">
          <Notice kind="warn" title={words.t('system.proxy.title')}>
            <p>{words.t('system.proxy.detail')}</p>
            <p className="text-13 text-second">
              {words.t('system.proxy.seen', {
                time: minute(untrustedProxyAt, reply.app.utcOffset, words.locale),
                zone: zoneLabel(untrustedProxyAt, reply.app.utcOffset),
              })}
            </p>
          </Notice>
        </div>
      )}
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
