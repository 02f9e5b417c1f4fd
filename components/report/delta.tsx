import { clsx } from 'clsx'
import { exact } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'

/** Formats a difference of rates (a fraction) in percentage points with a sign; null for an unknown one. */
export function pointsText(change: number | null | undefined, { t }: Words): string | null {
  const n = pointsNumber(change)
  return n === null ? null : t('overview.compare.points', { n })
}

/** The same without its unit, for a column whose head has the unit. */
export function pointsNumber(change: number | null | undefined): string | null {
  if (change == null) return null
  const tenths = Math.round(change * 1_000)
  return signed(Math.abs(tenths) / 10, tenths, 1)
}

/** Formats the growth of a count in percent with a sign; null where one is unknown or nothing was counted before. */
export function growthText(now: number | null | undefined, before: number | null | undefined): string | null {
  if (now == null || before == null || before === 0) return null
  const percent = Math.round(((now - before) / before) * 100)
  return `${signed(Math.abs(percent), percent, 0)}\u202f%`
}

function signed(size: number, sign: number, decimals: number): string {
  const text = decimals === 0 ? exact(size) : size.toFixed(decimals)
  return sign === 0 ? `±${text}` : `${sign > 0 ? '+' : '−'}${text}`
}

/** Smaller changes of a rate happen every week. */
const LEAST_POINTS = 0.005

/**
 * Tells whether a change of a rate is good or bad, or null where it may be chance. `base` is the smaller of the two
 * numbers that the rates are of: twice the largest standard error that their difference can have.
 */
export function toneOf(change: number | null | undefined, base: number | null): 'good' | 'bad' | null {
  if (change == null || !base || Math.abs(change) < Math.max(LEAST_POINTS, 2 * Math.sqrt(0.5 / base))) return null
  return change > 0 ? 'good' : 'bad'
}

interface Props {
  text: string | null
  /** What the number was before, for a pointer and for a screen reader. */
  before: string
  /** Null for counts: more pushes are not better, and fewer are not worse. */
  tone?: 'good' | 'bad' | null
}

/** Shows a change against the comparison, with a mark for its direction. */
export function Delta({ text, before, tone = null }: Props) {
  if (text === null) return null
  const mark = text.startsWith('+') ? '▲' : text.startsWith('−') ? '▼' : null
  return (
    <span
      className={clsx(
        'text-13 whitespace-nowrap',
        tone === 'good' ? 'text-good' : tone === 'bad' ? 'text-bad' : 'text-second',
      )}
      title={before}
    >
      {mark && (
        <span aria-hidden="true" className="me-0.5 text-12">
          {mark}
        </span>
      )}
      {text}
      <span className="sr-only"> ({before})</span>
    </span>
  )
}
