import type { Words } from '@/components/i18n/words'
import type { AuditEntryReply } from '@/lib/contract/access/audit'
import { actionText, detailText, moment, nameText, targetTexts } from './names'

const COLUMNS = ['when', 'who', 'what', 'on', 'network'] as const

interface Props {
  items: AuditEntryReply[]
  tz: string
  words: Words
}

/** Renders entries as a table, and on a narrow screen as a list. */
export function Entries({ items, tz, words }: Props) {
  const { t } = words
  return (
    <table className="card w-full text-13 max-md:block">
      <caption className="sr-only">{t('audit.entries')}</caption>
      <thead className="max-md:sr-only">
        <tr className="text-12 text-second">
          {COLUMNS.map((column) => (
            <th key={column} scope="col" className="px-3 py-2 text-start font-medium first:ps-5 last:pe-5">
              {t(`audit.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-md:block">
        {items.map((entry) => (
          <Row key={entry.id} entry={entry} tz={tz} words={words} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ entry, tz, words }: { entry: AuditEntryReply; tz: string; words: Words }) {
  const { t } = words
  const detail = detailText(entry, words)
  const targets = targetTexts(entry, words)
  return (
    <tr className="border-t border-line align-baseline max-md:block max-md:px-4 max-md:py-3 max-md:first:border-t-0">
      <td className="px-3 py-2.5 tabular-nums whitespace-nowrap text-second max-md:block max-md:p-0 md:ps-5">
        <time dateTime={entry.at}>{moment(entry.at, tz)}</time>
      </td>
      <th scope="row" className="px-3 py-2.5 text-start font-medium break-words max-md:block max-md:p-0">
        {nameText(entry.actor, words)}
      </th>
      <td className="px-3 py-2.5 max-md:block max-md:p-0">
        <span className="block">{actionText(entry.action, words)}</span>
        {detail !== '' && <span className="block text-12 break-all text-second">{detail}</span>}
      </td>
      <td className="px-3 py-2.5 break-words max-md:block max-md:p-0">
        {targets.map((text) => (
          <span key={text} className="block">
            {text}
          </span>
        ))}
      </td>
      <td className="px-3 py-2.5 whitespace-nowrap text-second tabular-nums max-md:block max-md:p-0 md:pe-5">
        {entry.network ?? (
          <span className="max-md:hidden" title={t('audit.noNetworkMeaning')}>
            –
          </span>
        )}
      </td>
    </tr>
  )
}
