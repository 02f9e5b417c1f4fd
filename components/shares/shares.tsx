import Link from 'next/link'
import { pickMessages } from '@/components/i18n/messages'
import type { Words } from '@/components/i18n/words'
import type { AppReply } from '@/lib/contract/apps'
import { pageHref, sharesHref } from '@/lib/contract/links'
import type { ShareOwnersReply, ShareReply, SharesReply } from '@/lib/contract/shares/share'
import { Manage } from './manage'
import { RevokeAll } from './revoke-all'
import { ShareTable } from './share-table'

interface Props {
  app: AppReply
  /** The app for the address; null when the viewer has only one. */
  appParam: string | null
  reply: SharesReply
  owners: ShareOwnersReply['items']
  words: Words
}

const isActive = ({ state }: ShareReply) => state !== 'ended' && state !== 'revoked'

/** Renders the shared links of an app: those that open or could open again, and the ended ones folded. */
export function Shares({ app, appParam, reply, owners, words }: Props) {
  const { t, locale } = words
  const texts = { locale, messages: pickMessages(locale, ['common', 'errors', 'shares']) }
  const active = reply.items.filter(isActive)
  const ended = reply.items.filter((share) => !isActive(share))
  const action = (share: ShareReply) => (
    <Manage app={app.id} share={share} owners={owners} tz={app.utcOffset} {...texts} />
  )
  return (
    <div className="space-y-5">
      <div className="max-w-[72ch]">
        <h1 className="text-20 font-semibold">{t('shares.title')}</h1>
        <p className="text-second">{t('shares.lead', { app: app.name })}</p>
      </div>
      {reply.items.length === 0 ? (
        <section className="card space-y-3 p-5 max-sm:p-4">
          <h2 className="text-16 font-semibold">{t('shares.empty.title')}</h2>
          <p className="max-w-[72ch] text-second">{t('shares.empty.detail')}</p>
          <Link prefetch={false} href={pageHref('overview', appParam)} className="button">
            {t('shares.empty.toOverview')}
          </Link>
        </section>
      ) : (
        <section className="card" aria-labelledby="active-shares">
          <h2 id="active-shares" className="px-5 py-4 text-16 font-semibold max-sm:px-4">
            {t('shares.active')}
          </h2>
          {active.length > 0 ? (
            <ShareTable label={t('shares.active')} shares={active} tz={app.utcOffset} action={action} words={words} />
          ) : (
            <p className="border-t border-line px-5 py-4 text-second max-sm:px-4">{t('shares.empty.title')}</p>
          )}
        </section>
      )}
      {ended.length > 0 && (
        <details className="card">
          <summary className="flex min-h-11 items-center gap-2 px-5 py-3 font-medium max-sm:px-4">
            {t('shares.ended', { n: ended.length })}
          </summary>
          <ShareTable label={t('shares.endedLabel')} shares={ended} tz={app.utcOffset} action={action} words={words} />
        </details>
      )}
      {reply.next !== null && (
        <Link prefetch={false} href={sharesHref(appParam, reply.next)} className="button">
          {t('shares.more')}
        </Link>
      )}
      {active.length > 0 && <RevokeAll app={app.id} owners={owners} {...texts} />}
    </div>
  )
}
