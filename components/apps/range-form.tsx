'use client'
import { type FormEvent, useState } from 'react'
import type { Words } from '@/components/i18n/words'
import { errorCodeOf } from '@/lib/browser/api'
import { changeApp } from '@/lib/browser/apps'
import type { ErrorCode } from '@/lib/contract/errors'
import { APP_LIMITS } from '@/lib/contract/limits'
import { fillHref } from '@/lib/contract/links'

/** Each day is 24 hours and the day itself, at one call per second, with the answer's own time. */
const CALLS_PER_DAY = 25
const SECONDS_PER_CALL = 1.2
const CHOICES = [APP_LIMITS.days, 7, 1]

const minutesOf = (days: number) => Math.max(1, Math.round((days * CALLS_PER_DAY * SECONDS_PER_CALL) / 60))

/** Asks how far back to collect, and starts. */
export function RangeForm({ app, words: { t } }: { app: string; words: Words }) {
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  async function start(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const days = Number(new FormData(event.currentTarget).get('days'))
    setBusy(true)
    setFailure(null)
    try {
      await changeApp(app, { collectDays: days })
      // The header of the next page names the new app.
      location.assign(fillHref(app))
    } catch (error) {
      setFailure(errorCodeOf(error))
      setBusy(false)
    }
  }
  return (
    <form method="post" className="space-y-3" onSubmit={start}>
      <fieldset className="space-y-1">
        <legend className="text-16 font-semibold">{t('apps.range.title')}</legend>
        <p className="mb-2 text-13 text-second">{t('apps.range.lead')}</p>
        {CHOICES.map((days, i) => (
          <label key={days} className="flex min-h-9 items-center gap-2.5">
            <input
              type="radio"
              name="days"
              value={days}
              defaultChecked={i === 0}
              className="size-4 shrink-0 accent-accent"
            />
            <span>
              {i === 0 ? t('apps.range.all') : t('apps.range.days', { n: days })}
              <span className="text-13 text-second"> · {t('apps.range.time', { n: minutesOf(days) })}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <button type="submit" className="button min-h-10" data-kind="main" disabled={isBusy}>
        {t(isBusy ? 'apps.range.busy' : 'apps.range.start')}
      </button>
      <p role="alert" className="text-13 text-bad empty:hidden">
        {failure && t(`errors.${failure}.title`)}
      </p>
    </form>
  )
}
