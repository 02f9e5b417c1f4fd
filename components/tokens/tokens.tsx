import Link from 'next/link'
import { pickMessages } from '@/components/i18n/messages'
import type { Words } from '@/components/i18n/words'
import type { TokensReply } from '@/lib/contract/access/tokens'
import type { AppReply } from '@/lib/contract/apps'
import { PATHS } from '@/lib/contract/paths'
import { CreateToken } from './create-token'
import { RevokeToken } from './revoke-token'
import { TokenTable } from './token-table'

interface Props {
  reply: TokensReply
  /** When the tokens were read. */
  nowMs: number
  apps: AppReply[]
  tz: string
  words: Words
}

/** Renders the page of API tokens: the form, the active ones, and the ended ones folded. */
export function Tokens({ reply, nowMs, apps, tz, words }: Props) {
  const { t, locale } = words
  const messages = pickMessages(locale, ['common', 'errors', 'tokens'])
  const active = reply.items.filter(({ state }) => state === 'active')
  const ended = reply.items.filter(({ state }) => state !== 'active')
  const shared = { nowMs, apps, tz, words }
  return (
    <div className="space-y-5">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <div className="max-w-[72ch]">
          <h1 className="text-20 font-semibold">{t('tokens.title')}</h1>
          <p className="text-second">{t('tokens.lead')}</p>
        </div>
        <Link prefetch={false} href={PATHS.api} className="link">
          {t('tokens.reference')}
        </Link>
      </div>
      <CreateToken
        apps={apps.map(({ id, name, sdkAppId }) => ({ id, name, sdkAppId }))}
        locale={locale}
        messages={messages}
      />
      <section className="card" aria-labelledby="active-tokens">
        <h2 id="active-tokens" className="px-5 py-4 text-16 font-semibold max-sm:px-4">
          {t('tokens.active')}
        </h2>
        {active.length > 0 ? (
          <TokenTable
            {...shared}
            label={t('tokens.active')}
            tokens={active}
            action={(token) => <RevokeToken id={token.id} name={token.name} locale={locale} messages={messages} />}
          />
        ) : (
          <div className="border-t border-line px-5 py-6 max-sm:px-4">
            <p className="font-semibold">{t('tokens.empty.title')}</p>
            <p className="text-second">{t('tokens.empty.detail')}</p>
          </div>
        )}
      </section>
      {ended.length > 0 && (
        <details className="card">
          <summary className="flex min-h-11 items-center gap-2 px-5 py-3 font-medium max-sm:px-4">
            {t('tokens.ended', { n: ended.length })}
          </summary>
          <TokenTable {...shared} label={t('tokens.endedLabel')} tokens={ended} />
        </details>
      )}
    </div>
  )
}
