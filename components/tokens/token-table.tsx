import type { ReactNode } from 'react'
import { isoDay, minute } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import type { TokenReply } from '@/lib/contract/access/tokens'
import type { AppReply } from '@/lib/contract/apps'
import { DAY } from '@/lib/contract/limits'
import { EVERY_APP } from '@/lib/contract/roles'

const COLUMNS = ['role', 'apps', 'expires', 'used', 'created'] as const
/** A token that expires within this time is marked. */
const SOON_DAYS = 14

interface Props {
  label: string
  tokens: TokenReply[]
  nowMs: number
  apps: AppReply[]
  tz: string
  words: Words
  action?: (token: TokenReply) => ReactNode
}

/** Renders one row per token. On a narrow screen each row is a card with labels. */
export function TokenTable({ label, tokens, action, ...shared }: Props) {
  const { t } = shared.words
  return (
    <table className="w-full border-t border-line text-13 max-md:block">
      <caption className="sr-only">{label}</caption>
      <thead className="max-md:sr-only">
        <tr className="text-12 text-second">
          {(['name', ...COLUMNS] as const).map((column) => (
            <th key={column} scope="col" className="px-3 py-2 text-start font-medium whitespace-nowrap first:ps-5">
              {t(`tokens.column.${column}`)}
            </th>
          ))}
          {action && (
            <th scope="col" className="px-3 py-2 pe-5">
              <span className="sr-only">{t('tokens.column.action')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody className="max-md:block">
        {tokens.map((token) => (
          <Row key={token.id} token={token} action={action?.(token)} {...shared} />
        ))}
      </tbody>
    </table>
  )
}

type RowProps = Omit<Props, 'label' | 'tokens' | 'action'> & { token: TokenReply; action: ReactNode }

function Row({ token, action, nowMs, apps, tz, words }: RowProps) {
  const { t, locale } = words
  const cells: Record<(typeof COLUMNS)[number], ReactNode> = {
    role: t(`common.role.${token.role}`),
    apps: token.apps.map((id) => appName(id, apps, words)).join(', '),
    expires: <Expiry token={token} nowMs={nowMs} tz={tz} words={words} />,
    used: token.lastUsedAt ? (
      <time dateTime={token.lastUsedAt}>{minute(token.lastUsedAt, tz, locale)}</time>
    ) : (
      t('tokens.neverUsed')
    ),
    created: (
      <>
        <time dateTime={token.createdAt}>{isoDay(token.createdAt, tz)}</time>{' '}
        <span className="text-second">{creator(token, words)}</span>
      </>
    ),
  }
  return (
    <tr className="border-t border-line align-top max-md:grid max-md:grid-cols-2 max-md:gap-x-4 max-md:gap-y-2 max-md:px-4 max-md:py-3">
      <th scope="row" className="px-3 py-2.5 text-start font-semibold break-words max-md:col-span-2 max-md:p-0 md:ps-5">
        {token.name}
      </th>
      {COLUMNS.map((column) => (
        <td key={column} className="px-3 py-2.5 max-md:p-0">
          <span className="block text-12 text-second md:hidden">{t(`tokens.column.${column}`)}</span>
          {cells[column]}
        </td>
      ))}
      {action && (
        <td className="px-3 py-2 text-end max-md:col-span-2 max-md:p-0 max-md:text-start md:pe-5">{action}</td>
      )}
    </tr>
  )
}

function Expiry({ token, nowMs, tz, words: { t } }: Pick<RowProps, 'token' | 'nowMs' | 'tz' | 'words'>) {
  const { state, expiresAt, revokedAt } = token
  if (state === 'revoked' && revokedAt) return t('tokens.revokedOn', { day: isoDay(revokedAt, tz) })
  if (expiresAt === null) return <span className="font-medium text-warn">{t('tokens.never')}</span>
  if (state === 'expired') return t('tokens.expiredOn', { day: isoDay(expiresAt, tz) })
  const days = Math.max(0, Math.round((Date.parse(expiresAt) - nowMs) / (DAY * 1_000)))
  return (
    <>
      <time dateTime={expiresAt}>{isoDay(expiresAt, tz)}</time>{' '}
      <span className={days < SOON_DAYS ? 'font-medium text-warn' : 'text-second'}>{t('tokens.inDays', { days })}</span>
    </>
  )
}

function appName(id: string, apps: AppReply[], { t }: Words): string {
  return id === EVERY_APP ? t('tokens.everyApp') : (apps.find((app) => app.id === id)?.name ?? id)
}

function creator({ createdBy: { kind, name } }: TokenReply, { t }: Words): string {
  return kind === 'person' && name !== null
    ? t('tokens.by.person', { name })
    : t(`tokens.by.${kind === 'person' ? 'removed' : kind}`)
}
