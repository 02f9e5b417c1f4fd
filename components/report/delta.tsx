import { exact } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'

/** Formats a difference of rates (a fraction) in percentage points with a sign; null for an unknown one. */
export function pointsText(change: number | null | undefined, { t }: Words): string | null {
  if (change == null) return null
  const tenths = Math.round(change * 1_000)
  return t('overview.compare.points', { n: signed(Math.abs(tenths) / 10, tenths, 1) })
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

interface Props {
  text: string | null
  /** What the number was before, for a pointer and for a screen reader. */
  before: string
}

/** Shows a change against the comparison. Its colour is neutral: more pushes are not better, and fewer are not worse. */
export function Delta({ text, before }: Props) {
  if (text === null) return null
  return (
    <span className="text-13 whitespace-nowrap text-second" title={before}>
      {text}
      <span className="sr-only"> ({before})</span>
    </span>
  )
}
