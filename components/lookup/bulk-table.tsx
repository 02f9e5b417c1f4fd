import { minute, zoneLabel } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { verdictSentences } from '@/components/report/trace/verdict-text'
import { stripControls } from '@/components/ui/strip-controls'
import type { BulkRow } from '@/lib/contract/bulk'

interface Props {
  rows: BulkRow[]
  app: { name: string; utcOffset: string }
  words: Words
}

/** Renders one row per look-up with its verdict. */
export function BulkTable({ rows, app, words }: Props) {
  const { t } = words
  return (
    <div className="card overflow-hidden">
      <table className="bulk">
        <caption className="sr-only">{t('box.bulk.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('box.bulk.push')}</th>
            <th scope="col">{t('box.bulk.sent')}</th>
            <th scope="col">{t('box.bulk.verdict')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Line key={JSON.stringify(row.item)} row={row} app={app} words={words} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Line({ row, app, words }: { row: BulkRow; app: Props['app']; words: Words }) {
  const { t, locale } = words
  const { item, sentAt, state } = row
  const [first, second] = 'pushId' in item ? [item.pushId] : [item.userId, item.taskId]
  return (
    <tr>
      <th scope="row" className="font-normal">
        <a href={row.href} className="link block font-mono text-13 break-all max-sm:py-1.5">
          {stripControls(first ?? '')}
        </a>
        {second && <span className="block font-mono text-12 break-all text-second">{stripControls(second)}</span>}
      </th>
      <td className="whitespace-nowrap text-second">
        {sentAt && `${minute(sentAt, app.utcOffset, locale)} (${zoneLabel(sentAt, app.utcOffset)})`}
      </td>
      <td>
        {state === 'waiting' ? (
          <span className="text-second">{t('box.bulk.state.waiting')}</span>
        ) : (
          <VerdictCell row={row} app={app} words={words} />
        )}
      </td>
    </tr>
  )
}

/** Shows the verdict, or why there is none. */
function VerdictCell({ row, app, words }: { row: BulkRow; app: Props['app']; words: Words }) {
  const { t } = words
  const { verdict, problem, objections, days, sdkAppId, asOf } = row
  if (verdict) {
    return (
      <>
        <span className="block font-medium">{verdictSentences(verdict, words, app.utcOffset)}</span>
        <span className="text-13 text-second">
          {t(`lookup.verdict.${verdict.confidence}`)}
          {asOf &&
            ` · ${t('lookup.asOf', { time: minute(asOf, app.utcOffset, words.locale), zone: zoneLabel(asOf, app.utcOffset) })}`}
        </span>
      </>
    )
  }
  if (problem) {
    return (
      <>
        <span className="block font-medium">{t(`errors.${problem.code}.title`)}</span>
        <span className="text-13 text-second">{t(`errors.${problem.code}.detail`)}</span>
      </>
    )
  }
  const values = { app: app.name, days: String(days), id: String(sdkAppId) }
  return (
    <>
      <span className="block font-medium">{t(`box.bulk.state.${row.state}`)}</span>
      {objections.map((objection) => (
        <span key={objection} className="block text-13 text-second">
          {t(`box.objection.${objection}`, values)}
        </span>
      ))}
    </>
  )
}
