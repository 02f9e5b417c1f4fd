import { exact } from '@/components/i18n/number'
import { minute } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import type { CoverHour, TaskCoverReply } from '@/lib/contract/campaigns/task-cover'

interface Props {
  cover: TaskCoverReply
  /** Epoch milliseconds. */
  now: number
  tz: string
  words: Words
}

const MOST_HOURS = 3
const HOUR_MS = 3_600_000

/** Shows the hours with unregistered campaigns, largest first, and how long their loss reasons can still be fetched. */
export function Cover({ cover, now, tz, words }: Props) {
  const { t } = words
  const { sent, unregistered } = cover.sum
  const missing = cover.hours
    .filter((hour) => (hour.unregistered ?? 0) > 0 && Date.parse(hour.losesReasonsAt) > now)
    .sort((a, b) => (b.unregistered ?? 0) - (a.unregistered ?? 0))
  if (unregistered === null || sent === null) {
    return <p className="text-13 text-second">{t('campaigns.cover.unknown')}</p>
  }
  if (missing.length === 0) return <p className="text-13 text-second">{t('campaigns.cover.none')}</p>
  return (
    <section aria-labelledby="cover" className="rounded-10 border border-warn bg-warn-soft px-4 py-3">
      <h2 id="cover" className="font-semibold">
        {t('campaigns.cover.title')}
      </h2>
      <p className="mt-1">{t('campaigns.cover.some', { n: exact(unregistered), sent: exact(sent) })}</p>
      <ul className="mt-1 flex flex-wrap gap-x-6 gap-y-0.5 text-13">
        {missing.slice(0, MOST_HOURS).map((hour) => (
          <Line key={hour.from} hour={hour} now={now} tz={tz} words={words} />
        ))}
        {missing.length > MOST_HOURS && <li>{t('campaigns.cover.more', { n: missing.length - MOST_HOURS })}</li>}
      </ul>
    </section>
  )
}

function Line({ hour, now, tz, words: { t, locale } }: Omit<Props, 'cover'> & { hour: CoverHour }) {
  const hours = Math.floor((Date.parse(hour.losesReasonsAt) - now) / HOUR_MS)
  const left =
    hours >= 24 ? t('campaigns.cover.days', { n: Math.floor(hours / 24) }) : t('campaigns.cover.hours', { n: hours })
  return (
    <li>
      {t('campaigns.cover.hour', { time: minute(hour.from, tz, locale), n: exact(hour.unregistered ?? 0) })}
      <span className="text-second"> · {left}</span>
    </li>
  )
}
