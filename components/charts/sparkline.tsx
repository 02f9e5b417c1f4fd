const WIDTH = 80
const HEIGHT = 22
const PAD = 2

interface Props {
  /** Oldest first; null is a hole. */
  counts: readonly (number | null)[]
  /** What a screen reader says instead. */
  label: string
  measure: 'sent' | 'delivered'
}

/** Draws a small curve from zero, as plain SVG, so that it is in the first HTML. A hole leaves a gap. */
export function Sparkline({ counts, label, measure }: Props) {
  const known = counts.filter((count) => count !== null)
  if (known.length === 0) return null
  const most = Math.max(1, ...known)
  const x = (i: number) => PAD + (counts.length === 1 ? 0 : (i / (counts.length - 1)) * (WIDTH - 2 * PAD))
  const y = (count: number) => HEIGHT - PAD - (count / most) * (HEIGHT - 2 * PAD)
  const path = counts.map((count, i) => {
    if (count === null) return ''
    const begins = i === 0 || counts[i - 1] === null
    const place = `${x(i).toFixed(1)} ${y(count).toFixed(1)}`
    // A single point between holes is a dot: a line of no length with round ends.
    return begins ? `M${place}h0` : `L${place}`
  })
  return (
    <svg role="img" aria-label={label} className={`sparkline ${measure}`} viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
      <path d={path.join('')} />
    </svg>
  )
}
