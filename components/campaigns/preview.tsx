import { clsx } from 'clsx'
import { isoDay, second } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { stripControls } from '@/components/ui/strip-controls'
import type { ImportReply, ImportRow } from '@/lib/contract/tasks'

interface Props {
  reply: ImportReply
  tz: string
  words: Words
}

const MOST_ROWS = 200
const STATES = ['new', 'changed', 'same', 'refused'] as const
const URGENT: ImportRow['state'][] = ['refused', 'changed', 'new', 'same']
const MARK = { new: '+', changed: '~', same: '=', refused: '×' } as const

/** Shows what an import would do. Refused lines come first, then changes. */
export function Preview({ reply, tz, words }: Props) {
  const { t } = words
  const { rows, summary } = reply
  const weight = ({ state, hints }: ImportRow) => URGENT.indexOf(state) - (hints.length > 0 ? 0.5 : 0)
  const ordered = [...rows].sort((a, b) => weight(a) - weight(b) || a.line - b.line)
  const counted = STATES.filter((state) => summary[state] > 0)
  return (
    <>
      <p className="font-medium">
        {counted.map((state) => t(`campaigns.add.count.${state}`, { n: summary[state] })).join(' · ')}
      </p>
      {rows.length > 0 && (
        <table aria-label={t('campaigns.add.table')} className="w-full table-fixed text-13">
          <thead>
            <tr className="border-b border-line text-start text-12 text-second">
              <th scope="col" className="w-12 py-1.5 text-start font-medium">
                {t('campaigns.add.line')}
              </th>
              <th scope="col" className="py-1.5 pe-3 text-start font-medium">
                {t('campaigns.add.campaign')}
              </th>
              <th scope="col" className="w-2/5 py-1.5 text-start font-medium">
                {t('campaigns.add.result')}
              </th>
            </tr>
          </thead>
          <tbody>
            {ordered.slice(0, MOST_ROWS).map((row) => (
              <Row key={`${row.line} ${row.taskId}`} row={row} tz={tz} words={words} />
            ))}
          </tbody>
        </table>
      )}
      {rows.length > MOST_ROWS && (
        <p className="text-13 text-second">{t('campaigns.add.moreRows', { n: rows.length - MOST_ROWS })}</p>
      )}
    </>
  )
}

function Row({ row, tz, words: { t } }: { row: ImportRow; tz: string; words: Words }) {
  const { line, taskId, state, why, hints, was } = row
  return (
    <tr className="border-b border-line align-top last:border-0">
      <td className="py-1.5 text-second">{line}</td>
      <td className="space-y-0.5 py-1.5 pe-3">
        {row.label && <p className="font-medium break-words">{stripControls(row.label)}</p>}
        <p className="font-mono text-12 break-all">{stripControls(taskId)}</p>
        <p className="text-12 break-words text-second">{rest(row).join(' · ')}</p>
      </td>
      <td className="space-y-0.5 py-1.5">
        <p className={clsx('font-medium', state === 'refused' && 'text-bad', state === 'same' && 'text-second')}>
          <span aria-hidden="true">{MARK[state]} </span>
          {t(`campaigns.add.state.${state}`)}
        </p>
        {why && <p>{t(`campaigns.add.why.${why}`)}</p>}
        {was && (
          <p className="break-words text-second">
            {t('campaigns.add.was', {
              text: [stripControls(was.label), ...rest(was)].filter(Boolean).join(' · ') || t('campaigns.add.nothing'),
            })}
          </p>
        )}
        {hints.map((hint) => (
          <p key={hint} className="text-warn">
            {t(`campaigns.add.hint_${hint}`)}
          </p>
        ))}
      </td>
    </tr>
  )

  function rest({ tags, note, sentAt }: Pick<ImportRow, 'tags' | 'note' | 'sentAt'>): string[] {
    const time = sentAt && t('campaigns.sent', { time: `${isoDay(sentAt, tz)} ${second(sentAt, tz).slice(0, 5)}` })
    const short = note.length > 120 ? `${note.slice(0, 120)}…` : note
    return [tags.map((tag) => `#${stripControls(tag)}`).join(' '), stripControls(short), time ?? ''].filter(
      (part) => part !== '',
    )
  }
}
