import { useState } from 'react'
import { minute } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { errorCodeOf } from '@/lib/browser/api'
import { shareOpens } from '@/lib/browser/shares'
import type { ErrorCode } from '@/lib/contract/errors'
import { SHARE_LIMITS } from '@/lib/contract/limits'
import type { ShareOpensReply } from '@/lib/contract/shares/share'

interface Props {
  app: string
  share: string
  tz: string
  words: Words
}

const COLUMNS = ['at', 'network', 'client', 'outcome'] as const

/** Lists who has opened a link, read when it is wanted. */
export function Opens({ app, share, tz, words }: Props) {
  const { t, locale } = words
  const [items, setItems] = useState<ShareOpensReply['items'] | null>(null)
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  const load = () =>
    shareOpens(app, share).then(
      (reply) => setItems(reply.items),
      (error: unknown) => setFailure(errorCodeOf(error)),
    )
  return (
    <details onToggle={(event) => event.currentTarget.open && load()}>
      <summary className="w-fit min-h-6">
        <span className="link">{t('shares.action.opens')}</span>
      </summary>
      <p className="mt-2 text-12 text-second">{t('shares.action.opensHint', { n: SHARE_LIMITS.opens })}</p>
      <p role="status" className="text-13">
        {items?.length === 0 && t('shares.action.noOpens')}
        {failure && t(`errors.${failure}.title`)}
      </p>
      {items !== null && items.length > 0 && (
        <div className="mt-1 overflow-x-auto">
          <table className="text-13">
            <thead>
              <tr className="text-12 text-second">
                {COLUMNS.map((column) => (
                  <th key={column} scope="col" className="py-1 pe-5 text-start font-medium">
                    {t(`shares.opens.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map(({ at, network, client, outcome }, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the list is read whole, and two openings may be equal
                <tr key={i} className="border-t border-line">
                  <td className="py-1 pe-5 whitespace-nowrap">
                    <time dateTime={at}>{minute(at, tz, locale)}</time>
                  </td>
                  <td className="py-1 pe-5 font-mono text-12">{network ?? t('shares.opens.unknown')}</td>
                  <td className="py-1 pe-5">{client || t('shares.opens.unknown')}</td>
                  <td className="py-1 pe-5">{t(`shares.opens.${outcome}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  )
}
