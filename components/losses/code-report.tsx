import { exact, percent } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { Standing } from '@/components/overview/standing'
import { Problem } from '@/components/ui/problem'
import type { ErrorCode } from '@/lib/contract/errors'
import type { CandidateReply, LossesReply } from '@/lib/contract/losses'
import { Candidates, Drawer } from './drawer'
import { rowKey } from './lines'
import { ticketText } from './ticket'
import { titleOf } from './titles'

interface Props {
  code: string
  entries: CandidateReply[]
  reply: LossesReply
  words: Words
  failure?: ErrorCode | null
}

/** One code: what it cost in this range, stage by stage, with the text for a ticket, and all it can mean. */
export function CodeReport({ code, entries, reply, words, failure = null }: Props) {
  const { t, locale } = words
  const seen = reply.stages.flatMap(({ stage, reasons }) =>
    (reasons ?? []).filter((row) => row.code.toLowerCase() === code.toLowerCase()).map((row) => ({ stage, row })),
  )
  const { problem } = reply.freshness
  return (
    <div className="space-y-4">
      {problem && <Problem problem={problem} tz={reply.range.tz} words={words} />}
      <Standing reply={reply} failure={problem ? null : failure} words={words} />
      {seen.map(({ stage, row }) => (
        <section key={`${stage} ${rowKey(row)}`} className="card losses">
          <h2 className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 px-5 pt-4 pb-3 max-sm:px-4">
            <span className="text-16 font-semibold">{titleOf(row.reason, words)}</span>
            <span className="text-13 text-second">
              {t('losses.ticket.lost', {
                n: row.count === null ? t('losses.unknown') : exact(row.count),
                stage: t(`losses.stage.${stage}`),
                share: row.share === null ? t('losses.unknown') : percent(row.share, locale),
              })}
            </span>
          </h2>
          <Drawer row={row} ticket={ticketText({ row, stage, reply, words })} href={null} words={words} />
          <details className="border-t border-line px-5 py-3 max-sm:px-4">
            <summary>
              <span className="link">{t('losses.ticket.title')}</span>
            </summary>
            <pre className="raw mt-2" dir="auto">
              {ticketText({ row, stage, reply, words })}
            </pre>
          </details>
        </section>
      ))}
      {seen.length === 0 && reply.asOf !== null && <p className="text-second">{t('losses.code.notHere')}</p>}
      <section className="card px-5 py-4 max-sm:px-4" aria-labelledby="dictionary">
        <h2 id="dictionary" className="mb-3 text-16 font-semibold">
          {t('losses.code.dictionary')}
        </h2>
        {entries.length === 0 ? <p>{t('losses.find.none')}</p> : <Candidates all={entries} words={words} />}
      </section>
    </div>
  )
}
