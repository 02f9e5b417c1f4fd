import Link from 'next/link'
import { exact } from '@/components/i18n/number'
import { day } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import type { RetentionItem, RetentionReply } from '@/lib/contract/installation/retention'
import { RETENTION_DAYS } from '@/lib/contract/limits'
import { pageHref } from '@/lib/contract/links'
import { PATHS } from '@/lib/contract/paths'

interface Props {
  appParam: string | null
  reply: RetentionReply
  refused: string | null
  tz: string
  words: Words
}

/** Shows what the next cleaning deletes, also with other days. The form is sent by GET, so it changes nothing. */
export function DryRun({ appParam, reply, refused, tz, words }: Props) {
  const { t } = words
  const { asked, set } = reply.traces
  const traces = reply.items.find(({ kind }) => kind === 'traces')
  const variable = traces?.variable ?? ''
  return (
    <section className="card space-y-3 px-5 py-4 max-sm:px-4" aria-labelledby="dry-run">
      <div className="max-w-[78ch]">
        <h2 id="dry-run" className="text-16 font-semibold">
          {t('retention.dryRun.title')}
        </h2>
        <p className="text-13 text-second">{t('retention.dryRun.lead')}</p>
        <p className="text-13 text-second">{t('retention.dryRun.current', { days: set, variable })}</p>
      </div>
      <form action={PATHS.retention} method="get" className="no-print flex flex-wrap items-end gap-3">
        {appParam !== null && <input type="hidden" name="app" value={appParam} />}
        <label className="space-y-1 text-13">
          <span className="block text-second">{t('retention.dryRun.days')}</span>
          <input
            type="number"
            name="traces"
            className="field min-h-9 w-32 max-sm:min-h-11"
            defaultValue={refused ?? asked}
            min={RETENTION_DAYS.least}
            max={RETENTION_DAYS.most}
            step={1}
            required
            aria-invalid={refused !== null}
            aria-describedby={refused === null ? undefined : 'days-refused'}
          />
        </label>
        <button type="submit" className="button min-h-9 max-sm:min-h-11">
          {t('retention.dryRun.check')}
        </button>
        {asked !== set && (
          <Link prefetch={false} href={pageHref('retention', appParam)} className="button min-h-9 max-sm:min-h-11">
            {t('retention.dryRun.reset')}
          </Link>
        )}
      </form>
      {refused !== null && (
        <p id="days-refused" className="text-13 text-bad">
          {t('retention.dryRun.invalid', { least: RETENTION_DAYS.least, most: exact(RETENTION_DAYS.most) })}
        </p>
      )}
      <Due items={reply.items} tz={tz} words={words} />
      {asked !== set && (
        <div className="max-w-[78ch] space-y-1">
          <p>{t('retention.dryRun.deletes', { days: asked, n: traces?.due?.rows ?? 0 })}</p>
          {asked > set && <p className="text-13 text-second">{t('retention.dryRun.keeps')}</p>}
          <p className="text-13">{t('retention.dryRun.how', { variable, days: asked })}</p>
        </div>
      )}
    </section>
  )
}

/** Lists the kinds of which something is due. */
function Due({ items, tz, words: { t, locale } }: Pick<Props, 'tz' | 'words'> & { items: RetentionItem[] }) {
  const due = items.flatMap((item) =>
    item.due !== null && item.due.rows > 0 ? [{ ...item.due, kind: item.kind }] : [],
  )
  if (due.length === 0) return <p>{t('retention.dryRun.nothing')}</p>
  return (
    <ul aria-label={t('retention.dryRun.table')} className="divide-y divide-line border-y border-line text-13">
      {due.map(({ kind, rows, oldest }) => (
        <li key={kind} className="flex flex-wrap gap-x-3 py-2">
          <span className="min-w-48 font-medium">{t(`retention.kind.${kind}.name`)}</span>
          <span className="tabular-nums">{t('retention.dryRun.rows', { n: rows })}</span>
          {oldest !== null && (
            <span className="text-second">{t('retention.dryRun.since', { date: day(oldest, tz, locale) })}</span>
          )}
        </li>
      ))}
    </ul>
  )
}
