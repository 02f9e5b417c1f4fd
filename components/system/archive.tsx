import { exact } from '@/components/i18n/number'
import { minute } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import type { ArchiveReply, StatusReply } from '@/lib/contract/apps'
import { endpointOf } from '@/lib/contract/sources'

const COLUMNS = ['held', 'pending', 'lost', 'left', 'nextLoss'] as const

/** Shows what is stored of the data that Tencent deletes: hours stored, hours to fetch, hours lost. */
export function Archive({ reply, words }: { reply: StatusReply; words: Words }) {
  const { t } = words
  return (
    <table className="w-full border-t border-line text-13 max-md:block">
      <caption className="sr-only">{t('system.archive.title')}</caption>
      <thead className="max-md:sr-only">
        <tr className="text-12 text-second">
          <th scope="col" className="px-3 py-2 text-start font-medium md:ps-5">
            {t('system.archive.column.what')}
          </th>
          {COLUMNS.map((column) => (
            <th key={column} scope="col" className="px-3 py-2 text-start font-medium whitespace-nowrap last:pe-5">
              {t(`system.archive.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-md:block">
        {reply.archive.map((row) => (
          <Row key={`${row.source} ${row.metric}`} row={row} tz={reply.app.utcOffset} words={words} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ row, tz, words }: { row: ArchiveReply; tz: string; words: Words }) {
  const { t, locale } = words
  const { held, expected, pending, lost, etaMs, nextLossAt } = row
  const cells: Record<(typeof COLUMNS)[number], string> = {
    held: t('system.archive.of', { held: exact(held), expected: exact(expected) }),
    pending: exact(pending),
    lost: exact(lost),
    left: leftText(etaMs, words),
    nextLoss: nextLossAt ? minute(nextLossAt, tz, locale) : t('system.archive.none'),
  }
  return (
    <tr className="border-t border-line max-md:grid max-md:grid-cols-2 max-md:gap-x-4 max-md:gap-y-2 max-md:px-4 max-md:py-3">
      <th scope="row" className="px-3 py-2.5 text-start font-medium max-md:col-span-2 max-md:p-0 md:ps-5">
        {t(`system.endpoint.${endpointOf(row.source, row.metric)}`)}
      </th>
      {COLUMNS.map((column) => (
        <td key={column} className="px-3 py-2.5 max-md:p-0 md:last:pe-5">
          <span className="block text-12 text-second md:hidden">{t(`system.archive.column.${column}`)}</span>
          {cells[column]}
        </td>
      ))}
    </tr>
  )
}

function leftText(etaMs: number, { t }: Words): string {
  const minutes = Math.ceil(etaMs / 60_000)
  if (minutes === 0) return t('system.archive.done')
  return minutes < 120
    ? t('system.archive.minutes', { n: minutes })
    : t('system.archive.hours', { n: Math.ceil(minutes / 60) })
}
