import type { ReactNode } from 'react'
import { isoDay, minute } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { contentTexts } from '@/components/report/share/scope-text'
import { stripControls } from '@/components/ui/strip-controls'
import type { ShareReply } from '@/lib/contract/shares/share'

const COLUMNS = ['state', 'owner', 'ends', 'opened', 'opens'] as const

interface Props {
  label: string
  shares: ShareReply[]
  tz: string
  action(share: ShareReply): ReactNode
  words: Words
}

/** Renders one row per link: what it shows in words, who answers for it, and who has opened it. */
export function ShareTable({ label, shares, tz, action, words }: Props) {
  const { t } = words
  return (
    <table className="w-full border-t border-line text-13 max-md:block">
      <caption className="sr-only">{label}</caption>
      <thead className="max-md:sr-only">
        <tr className="text-12 text-second">
          {(['name', ...COLUMNS] as const).map((column) => (
            <th key={column} scope="col" className="px-3 py-2 text-start font-medium whitespace-nowrap first:ps-5">
              {t(`shares.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-md:block">
        {shares.map((share) => (
          <Row key={share.id} share={share} tz={tz} action={action(share)} words={words} />
        ))}
      </tbody>
    </table>
  )
}

interface RowProps {
  share: ShareReply
  tz: string
  action: ReactNode
  words: Words
}

function Row({ share, tz, action, words }: RowProps) {
  const { t, locale } = words
  const { state, owner, endsAt, lastOpenedAt, opens, networks } = share
  const cells: Record<(typeof COLUMNS)[number], ReactNode> = {
    state: <State state={state} words={words} />,
    owner: (
      <>
        {owner.name === null ? t('shares.removed') : stripControls(owner.name)}{' '}
        <time className="block text-second" dateTime={share.createdAt}>
          {isoDay(share.createdAt, tz)}
        </time>
      </>
    ),
    ends: <time dateTime={endsAt}>{isoDay(endsAt, tz)}</time>,
    opened: lastOpenedAt ? <time dateTime={lastOpenedAt}>{minute(lastOpenedAt, tz, locale)}</time> : t('shares.never'),
    opens: (
      <>
        {opens}
        <span className="block text-second">{t('shares.networks', { n: networks.count })}</span>
      </>
    ),
  }
  return (
    <>
      <tr className="border-t border-line align-top max-md:grid max-md:grid-cols-2 max-md:gap-x-4 max-md:gap-y-2 max-md:px-4 max-md:pt-3">
        <th scope="row" className="px-3 py-2.5 text-start font-normal max-md:col-span-2 max-md:p-0 md:ps-5">
          <About share={share} tz={tz} words={words} />
        </th>
        {COLUMNS.map((column) => (
          <td key={column} className="px-3 py-2.5 max-md:p-0">
            <span className="block text-12 text-second md:hidden">{t(`shares.column.${column}`)}</span>
            {cells[column]}
          </td>
        ))}
      </tr>
      <tr className="max-md:block max-md:px-4 max-md:pt-2 max-md:pb-3">
        <td colSpan={COLUMNS.length + 1} className="px-3 pb-3 max-md:block max-md:p-0 md:ps-5">
          {action}
        </td>
      </tr>
    </>
  )
}

/** The name of a link and what it shows, in words. */
function About({ share, tz, words }: Omit<RowProps, 'action'>) {
  const { t } = words
  const { content, frozen, origins, hasPassword, networks } = share
  const facts = [
    t(`shares.kind.${content.kind}`),
    ...contentTexts(content, tz, words),
    hasPassword && t('shares.hasPassword'),
    origins.length > 0 && t('shares.embeds', { origins: origins.join(', ') }),
    frozen?.erased && t('shares.erased'),
  ].filter((fact) => typeof fact === 'string')
  return (
    <>
      <span className="block font-semibold break-words">{stripControls(share.name)}</span>
      <span className="block max-w-[60ch] text-12 break-words text-second">{facts.join(' · ')}</span>
      {frozen && (
        <span className="block font-mono text-12 break-all text-second">
          {t('shares.hash', { hash: frozen.sha256 })}
        </span>
      )}
      {networks.unusual && (
        <span className="mt-1 block max-w-[60ch] text-12 text-warn">{t('shares.unusual', { n: networks.count })}</span>
      )}
    </>
  )
}

function State({ state, words: { t } }: { state: ShareReply['state']; words: Words }) {
  return (
    <>
      <span className={state === 'open' ? 'font-medium' : 'font-medium text-second'}>{t(`shares.state.${state}`)}</span>
      {state === 'orphaned' && (
        <span className="block max-w-40 text-12 text-warn">{t('shares.stateMeaning.orphaned')}</span>
      )}
    </>
  )
}
