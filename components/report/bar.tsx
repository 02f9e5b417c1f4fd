import type { BarParts, Measure } from './cells'

const width = (fraction: number) => ({ width: `${(fraction * 100).toFixed(2)}%` })

/**
 * Draws a bar: reached is solid, lost is striped, not reported is a dotted outline. Screen readers skip it, because the
 * numbers beside it say the same.
 */
export function Bar({ metric, parts }: { metric: Measure; parts: BarParts }) {
  return (
    <span aria-hidden="true" className="bar">
      {parts.reached > 0 && <i className={metric} style={width(parts.reached)} />}
      {parts.lost > 0 && <i className="lost" style={width(parts.lost)} />}
      {parts.unreported > 0 && <i className="unreported" style={width(parts.unreported)} />}
    </span>
  )
}

/** Draws a piece of a bar, for legends and lists. */
export function BarSample({ part }: { part: keyof BarParts }) {
  return (
    <span aria-hidden="true" className="bar w-5! shrink-0">
      <i className={part === 'reached' ? 'sent' : part} style={width(1)} />
    </span>
  )
}
