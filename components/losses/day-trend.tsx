import { exact } from '@/components/i18n/number'
import { day } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { vendorKey } from '@/components/report/vendor'
import { VendorName } from '@/components/report/vendor-name'
import type { LossesReply, ReasonRow } from '@/lib/contract/losses'

interface Props {
  trend: ReasonRow['trend']
  days: LossesReply['days']
  tz: string
  words: Words
}

const HEIGHT = 24

/** How a code went at each vendor, a bar a day and a hole where no day is held; all vendors on one scale, with words. */
export function DayTrend({ trend, days, tz, words }: Props) {
  const { t, locale } = words
  const most = Math.max(1, ...trend.flatMap(({ counts }) => counts.filter((count) => count !== null)))
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last || trend.every(({ counts }) => counts.every((count) => count === null))) {
    return <p className="text-13 text-second">{t('losses.course.nothing')}</p>
  }
  return (
    <div>
      <ul className="space-y-2">
        {trend.map((one) => (
          <li key={vendorKey(one)} className="course">
            <VendorName of={one} words={words} />
            <Bars counts={one.counts} most={most} />
            <span className="text-12 text-second">{summaryOf(one.counts, days, tz, words)}</span>
          </li>
        ))}
      </ul>
      <p className="course-ends text-12 text-second" aria-hidden="true">
        <span>{day(first, tz, locale)}</span>
        <span>{day(last, tz, locale)}</span>
      </p>
    </div>
  )
}

function Bars({ counts, most }: { counts: (number | null)[]; most: number }) {
  const bars = counts.map((count, i) => {
    if (count === null || count === 0) return ''
    const high = Math.max(1, (count / most) * HEIGHT)
    return `M${i + 0.1} ${HEIGHT}v${-high.toFixed(1)}h.8v${high.toFixed(1)}z`
  })
  return (
    <svg
      className="days"
      viewBox={`0 0 ${counts.length} ${HEIGHT}`}
      preserveAspectRatio="none"
      focusable="false"
      aria-hidden="true"
    >
      {counts.map((count, i) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: a day is its place, which never moves
        count === null ? <rect key={i} className="hole" x={i} width={1} y={0} height={HEIGHT} /> : null,
      )}
      <path d={bars.join('')} />
    </svg>
  )
}

/** The largest day, the last one, and how many are not known. */
function summaryOf(counts: (number | null)[], days: string[], tz: string, { t, locale }: Words): string {
  const known = counts.flatMap((count, i) => (count === null ? [] : [{ count, at: days[i] ?? '' }]))
  const top = known.reduce((most, one) => (one.count > most.count ? one : most), known[0] ?? { count: 0, at: '' })
  const holes = counts.length - known.length
  return [
    known.length > 0 && t('losses.course.most', { n: exact(top.count), day: day(top.at, tz, locale) }),
    holes > 0 && t('losses.course.holes', { n: holes }),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** The same as a table: a day a row, the newest first. */
export function DayTrendTable({ trend, days, tz, words }: Props) {
  const { t, locale } = words
  return (
    <table className="sums">
      <thead>
        <tr>
          <th scope="col">{t('losses.course.day')}</th>
          {trend.map((one) => (
            <th scope="col" key={vendorKey(one)}>
              <VendorName of={one} words={words} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days
          .map((at, i) => (
            <tr key={at}>
              <th scope="row">{day(at, tz, locale)}</th>
              {trend.map((one) => (
                <td key={vendorKey(one)}>{countText(one.counts[i] ?? null, words)}</td>
              ))}
            </tr>
          ))
          .reverse()}
      </tbody>
    </table>
  )
}

const countText = (count: number | null, { t }: Words): string =>
  count === null ? t('losses.course.hole') : exact(count)
