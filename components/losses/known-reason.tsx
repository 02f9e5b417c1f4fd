'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { day, isoDay } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { stripControls } from '@/components/ui/strip-controls'
import { errorCodeOf } from '@/lib/browser/api'
import { clearKnown, markKnown } from '@/lib/browser/known-reasons'
import type { LossesReply, LossStageReply, ReasonRow } from '@/lib/contract/losses'

interface Props {
  app: string
  stage: LossStageReply['stage']
  row: ReasonRow
  reply: Pick<LossesReply, 'source' | 'range' | 'asOf'>
  words: Words
}

const FORTNIGHT_MS = 14 * 86_400_000

/** Returns the last day on which a reason counts as known. The stored instant is the first one after it. */
const lastDay = (until: string) => new Date(Date.parse(until) - 1).toISOString()

/** Shows that a reason is known, until when, and the note. */
export function KnownReasonNote({ row, tz, words: { t, locale } }: { row: ReasonRow; tz: string; words: Words }) {
  if (!row.known) return null
  const { until, note, doubled } = row.known
  const date = day(lastDay(until), tz, locale)
  return (
    <span className={clsx('known block text-12 wrap-anywhere', doubled ? 'text-warn' : 'text-second')}>
      {t(doubled ? 'losses.known.doubled' : 'losses.known.until', { day: date })}
      {note && <span dir="auto">{` · ${stripControls(note)}`}</span>}
    </span>
  )
}

/** Marks a reason as known until a day, with a note, or removes the mark. It applies to everyone who uses the app. */
export function KnownReasonForm({ app, stage, row, reply, words }: Props) {
  const { t } = words
  const cache = useQueryClient()
  const key = { source: reply.source, stage, code: row.code }
  const { mutate, isPending, error } = useMutation({
    mutationFn: (given: { until: string; note: string } | null) =>
      given ? markKnown(app, { ...key, ...given }) : clearKnown(app, key),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['losses'] }),
  })
  const { tz } = reply.range
  const usual = new Date(Date.parse(reply.asOf ?? reply.range.to) + FORTNIGHT_MS).toISOString()
  const failure = errorCodeOf(error)
  return (
    <details className="needs-script no-print">
      <summary className="min-h-6">
        <span className="link">{t(row.known ? 'losses.known.again' : 'losses.known.save')}</span>
      </summary>
      <form
        className="grid max-w-104 gap-3 py-3"
        onSubmit={(event) => {
          event.preventDefault()
          const given = new FormData(event.currentTarget)
          mutate({ until: String(given.get('until')), note: String(given.get('note')) })
        }}
      >
        <label className="text-13 leading-5 font-medium">
          {t('losses.known.untilLabel')}
          <input
            className="field mt-1 font-normal"
            type="date"
            name="until"
            required
            defaultValue={isoDay(row.known ? lastDay(row.known.until) : usual, tz)}
          />
        </label>
        <label className="text-13 leading-5 font-medium">
          {t('losses.known.note')}
          <input
            className="field mt-1 font-normal"
            name="note"
            maxLength={500}
            placeholder={t('losses.known.placeholder')}
            defaultValue={row.known?.note ?? ''}
          />
        </label>
        <p className="text-12 text-second">{t('losses.known.meaning')}</p>
        <p className="flex flex-wrap items-center gap-3">
          <button type="submit" className="button" data-kind="main" disabled={isPending}>
            {t('losses.known.save')}
          </button>
          {row.known && (
            <button type="button" className="button" disabled={isPending} onClick={() => mutate(null)}>
              {t('losses.known.clear')}
            </button>
          )}
          <span role="status" className="text-13 text-warn">
            {failure && t('losses.known.failed', { why: t(`errors.${failure}.title`) })}
          </span>
        </p>
      </form>
    </details>
  )
}
