import { exact, percent } from '@/components/i18n/number'
import { minute, zoneLabel } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { vendorNames } from '@/components/report/vendor'
import type { UserReply, VendorHealthReply } from '@/lib/contract/users'

/** Compares all vendors since then, this user's own first: one phone, or everyone? */
export function VendorHealth({ health, tz, words }: { health: UserReply['health']; tz: string; words: Words }) {
  const { t, locale } = words
  const { since, held, expected, vendors } = health
  const time = `${minute(since, tz, locale)} (${zoneLabel(since, tz)})`
  return (
    <section aria-labelledby="health" className="card py-4 sm:py-5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-4 sm:px-5">
        <h2 id="health" className="text-16 font-semibold">
          {t('user.health.title', { time })}
        </h2>
        <p className="text-12 text-second">{t('user.health.coverage', { held, expected })}</p>
      </div>
      {vendors.length === 0 ? (
        <p className="mt-2 px-4 text-second sm:px-5">{t('user.health.none')}</p>
      ) : (
        <table className="user-health mt-2 w-full">
          <thead>
            <tr>
              <th scope="col">{t('user.health.vendor')}</th>
              <th scope="col">{t('user.health.sent')}</th>
              <th scope="col">{t('user.health.rate')}</th>
              <th scope="col">{t('user.health.before')}</th>
            </tr>
          </thead>
          <tbody>
            {vendors.map((row) => (
              <Row key={row.vendor} row={row} tz={tz} words={words} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Row({ row, tz, words }: { row: VendorHealthReply; tz: string; words: Words }) {
  const { t, locale } = words
  const unreported = row.delivery === 'unreported' || row.delivery === 'unknown'
  const rate = (value: number | null) =>
    value !== null ? percent(value, locale) : t(unreported ? 'user.health.unreported' : 'user.health.few')
  return (
    <tr data-own={row.own || undefined}>
      <th scope="row">
        {vendorNames({ vendor: row.vendor, channel: 'offline' }, words).name}{' '}
        {row.own && <span className="text-12 font-normal text-accent">{t('user.health.own')}</span>}
        {row.fell && <span className="block text-12 font-medium text-bad">{fellText(row.fell, tz, words)}</span>}
      </th>
      <td>{exact(row.sent)}</td>
      <td className={row.fell ? 'font-medium text-bad' : undefined}>{rate(row.rate)}</td>
      <td>{row.before === null ? '—' : percent(row.before, locale)}</td>
    </tr>
  )
}

function fellText(
  { from, to, atLeast }: NonNullable<VendorHealthReply['fell']>,
  tz: string,
  { t, locale }: Words,
): string {
  const start = minute(from, tz, locale)
  if (to === null) return t(atLeast ? 'user.health.fellAtLeast' : 'user.health.fell', { time: start })
  return t(atLeast ? 'user.health.wasAtLeast' : 'user.health.was', { from: start, to: minute(to, tz, locale) })
}
