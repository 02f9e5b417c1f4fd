import type { Metric, Bar as Parts } from './cells'

const width = (fraction: number) => ({ width: `${(fraction * 100).toFixed(2)}%` })

/** Solid: reached. Stripes: lost. Dotted outline: not reported. Silent, since the numbers beside it say the same. */
export function Bar({ metric, parts }: { metric: Metric; parts: Parts }) {
  return (
    <span aria-hidden="true" className="bar">
      {parts.reached > 0 && <i className={metric} style={width(parts.reached)} />}
      {parts.lost > 0 && <i className="lost" style={width(parts.lost)} />}
      {parts.unreported > 0 && <i className="unreported" style={width(parts.unreported)} />}
    </span>
  )
}

/** A piece of a bar for legends and lists. */
export function BarSample({ part }: { part: keyof Parts }) {
  return (
    <span aria-hidden="true" className="bar w-5! shrink-0">
      <i className={part === 'reached' ? 'sent' : part} style={width(1)} />
    </span>
  )
}
