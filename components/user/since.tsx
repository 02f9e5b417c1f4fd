import { isoDay, minute, zoneLabel } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import type { AppReply } from '@/lib/contract/apps'
import { userHref } from '@/lib/contract/links'
import type { UserReply } from '@/lib/contract/users'

interface Props {
  app: Pick<AppReply, 'utcOffset'>
  appParam: string | null
  since: string | undefined
  reply: Pick<UserReply, 'ref' | 'asOf' | 'health'>
  words: Words
}

const DAY_MS = 86_400_000

/** Chooses the start of the trouble by links and a GET form. Vendors are compared with the time before. */
export function Since({ app, appParam, since, reply, words: { t, locale } }: Props) {
  const { asOf, ref, health } = reply
  const tz = app.utcOffset
  const back = (days: number) => isoDay(new Date(Date.parse(asOf) - days * DAY_MS).toISOString(), tz)
  const choices = [
    { since: back(0), label: t('user.since.today'), current: since === back(0) },
    { since: back(1), label: t('user.since.yesterday'), current: since === undefined || since === back(1) },
    ...[3, 7].map((n) => ({ since: back(n), label: t('user.since.days', { n }), current: since === back(n) })),
  ]
  const clock = minute(health.since, tz, 'en').slice(-5)
  return (
    <form method="get" className="no-print flex flex-wrap items-end gap-x-3 gap-y-2">
      {appParam !== null && <input type="hidden" name="app" value={appParam} />}
      <ul className="choices" aria-label={t('user.since.label')}>
        {choices.map((one) => (
          <li key={one.label}>
            <a href={userHref(appParam, ref, one.since)} aria-current={one.current ? 'true' : undefined}>
              {one.label}
            </a>
          </li>
        ))}
      </ul>
      <label className="text-12 text-second">
        {t('user.since.zone', { zone: zoneLabel(health.since, tz) })}
        <input
          type="datetime-local"
          name="since"
          lang={locale}
          className="field mt-0.5 text-13 text-text"
          defaultValue={`${isoDay(health.since, tz)}T${clock}`}
        />
      </label>
      <button type="submit" className="button min-h-9 max-sm:min-h-11">
        {t('user.since.apply')}
      </button>
    </form>
  )
}
