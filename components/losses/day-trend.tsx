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

/**
 * Shows a code's daily counts per vendor as bars, on one scale. A day without data is a hole. Words repeat the bars.
 */
export function DayTrend({ trend, days, tz, words }: Props) {
  const { t, locale } = words
  const max = Math.max(1, ...trend.flatMap(({ counts }) => counts.filter((count) => count !== null)))
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last || trend.every(({ counts }) => counts.every((count) => count === null))) {
    return <p className="text-13 text-second">{t('losses.course.nothing')}</p>
  }
  return (
    <div>
      <ul className="space-y-2">
        {trend.map((one) => (
          <li
            key={vendorKey(one)}
            className="grid grid-cols-[minmax(0,120px)_minmax(0,1fr)] items-center gap-x-3 gap-y-0.5 text-13 leading-5"
          >
            <VendorName vendor={one} words={words} />
            <Bars counts={one.counts} max={max} />
            <span className="col-start-2 text-12 text-second">{summaryOf(one.counts, days, tz, words)}</span>
          </li>
        ))}
      </ul>
      <p className="ms-[132px] flex justify-between text-12 text-second" aria-hidden="true">
        <span>{day(first, tz, locale)}</span>
        <span>{day(last, tz, locale)}</span>
      </p>
    </div>
  )
}

function Bars({ counts, max }: { counts: (number | null)[]; max: number }) {
  const bars = counts.map((count, i) => {
    if (count === null || count === 0) return ''
    const high = Math.max(1, (count / max) * HEIGHT)
    return `M${i + 0.1} ${HEIGHT}v${-high.toFixed(1)}h.8v${high.toFixed(1)}z`
  })
  return (
    <svg
      className="block h-6 w-full border-b border-field fill-(--m-delivered)"
      viewBox={`0 0 ${counts.length} ${HEIGHT}`}
      preserveAspectRatio="none"
      focusable="false"
      aria-hidden="true"
    >
      {counts.map((count, i) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: a day is its place, which never moves
        count === null ? <rect key={i} className="fill-line" x={i} width={1} y={0} height={HEIGHT} /> : null,
      )}
      <path d={bars.join('')} />
    </svg>
  )
}

/** Returns the largest day and the number of days without data. */
function summaryOf(counts: (number | null)[], days: string[], tz: string, { t, locale }: Words): string {
  const values = counts.flatMap((count, i) => (count === null ? [] : [{ count, at: days[i] ?? '' }]))
  const top = values.reduce((max, one) => (one.count > max.count ? one : max), values[0] ?? { count: 0, at: '' })
  const holes = counts.length - values.length
  return [
    values.length > 0 && t('losses.course.most', { n: exact(top.count), day: day(top.at, tz, locale) }),
    holes > 0 && t('losses.course.holes', { n: holes }),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** Renders the same as a table: a row per day, newest first. */
export function DayTrendTable({ trend, days, tz, words }: Props) {
  const { t, locale } = words
  return (
    <table className="sums">
      <thead>
        <tr>
          <th scope="col">{t('losses.course.day')}</th>
          {trend.map((one) => (
            <th scope="col" key={vendorKey(one)}>
              <VendorName vendor={one} words={words} />
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
