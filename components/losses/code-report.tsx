import type { ReactNode } from 'react'
import type { Words } from '@/components/i18n/words'
import { reasonTitle } from '@/components/report/reason-titles'
import { ReportStates } from '@/components/report/report-states'
import type { ErrorCode } from '@/lib/contract/errors'
import type { CandidateReply, LossesReply } from '@/lib/contract/losses'
import { DayTrendTable } from './day-trend'
import { Candidates, Drawer } from './drawer'
import { KnownReasonForm, KnownReasonNote } from './known-reason'
import { lossTicketText, lostShareText } from './loss-ticket'
import { rowKey } from './pareto/pareto-lines'

interface Props {
  code: string
  entries: CandidateReply[]
  reply: LossesReply
  /** The search for another code, below. */
  find?: ReactNode
  words: Words
  /** The app, for viewers who may mark its reasons as known; else null. */
  editable?: string | null
  failure?: ErrorCode | null
}

/** Renders one code: its losses by stage in this range, a ticket text, and all its meanings. */
export function CodeReport({ code, entries, reply, words, find, editable = null, failure = null }: Props) {
  const { t } = words
  const seen = reply.stages.flatMap(({ stage, reasons }) =>
    (reasons ?? [])
      .filter((row) => row.code.trim().toLowerCase() === code.toLowerCase())
      .map((row) => ({ stage, row })),
  )
  return (
    <ReportStates
      reply={reply}
      held={reply.asOf !== null}
      failure={failure}
      words={words}
      footer={
        <>
          <Dictionary entries={entries} words={words} />
          {find}
        </>
      }
    >
      {seen.map(({ stage, row }) => (
        <section key={`${stage} ${rowKey(row)}`} className="card losses">
          <h2 className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 px-5 pt-4 pb-3 max-sm:px-4">
            <span>
              <span className="text-16 font-semibold">{reasonTitle(row.reason, words, row.code)}</span>
              <KnownReasonNote row={row} tz={reply.range.tz} words={words} />
            </span>
            <span className="text-13 text-second">{lostShareText({ row, stage, words })}</span>
          </h2>
          <Drawer
            row={row}
            reply={reply}
            ticket={lossTicketText({ row, stage, reply, words })}
            href={null}
            knownForm={
              editable && <KnownReasonForm app={editable} stage={stage} row={row} reply={reply} words={words} />
            }
            words={words}
          />
          {reply.days.length > 0 && row.trend.length > 0 && (
            <details className="border-t border-line">
              <summary className="px-5 py-3 max-sm:px-4">
                <span className="link">{`${t('losses.course.title')}: ${t('losses.course.table')}`}</span>
              </summary>
              <DayTrendTable trend={row.trend} days={reply.days} tz={reply.range.tz} words={words} />
            </details>
          )}
          <details className="border-t border-line px-5 py-3 max-sm:px-4">
            <summary>
              <span className="link">{t('losses.ticket.title')}</span>
            </summary>
            <pre className="raw mt-2" dir="auto">
              {lossTicketText({ row, stage, reply, words })}
            </pre>
          </details>
        </section>
      ))}
      {seen.length === 0 && reply.asOf !== null && <p className="text-second">{t('losses.code.notHere')}</p>}
    </ReportStates>
  )
}

/** Lists all meanings of a code. It is shown also when the losses could not be loaded. */
function Dictionary({ entries, words }: Pick<Props, 'entries' | 'words'>) {
  const { t } = words
  return (
    <section className="card px-5 py-4 max-sm:px-4" aria-labelledby="dictionary">
      <h2 id="dictionary" className="mb-3 text-16 font-semibold">
        {t('losses.code.dictionary')}
      </h2>
      {entries.length === 0 ? <p>{t('losses.find.none')}</p> : <Candidates all={entries} words={words} />}
    </section>
  )
}
