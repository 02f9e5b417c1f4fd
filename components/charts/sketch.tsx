import { isAlone, isFilling, isHole, type Line, labelledIndexes, type Point, runsOf, scaleMarks } from './points'

interface Props {
  points: Point[]
  lines: readonly Line[]
  /** Indexes that have an annotation. */
  annotated: readonly number[]
  /** The labels below the chart and beside the scale. */
  xLabel(i: number): string
  yLabel(count: number): string
}

const HEIGHT = 100

/** Renders the chart on the server, without scripts, with the size and scale of the chart that replaces it. */
export function Sketch({ points, lines, annotated, xLabel, yLabel }: Props) {
  const marks = scaleMarks(points, lines)
  const top = marks.at(-1) ?? 1
  const count = Math.max(1, points.length)
  const percent = (part: number) => `${(part * 100).toFixed(3)}%`
  const y = (value: number) => HEIGHT - (value / top) * HEIGHT
  return (
    <div className="sketch" aria-hidden="true">
      <div className="plot">
        {marks.map((value) => (
          <span key={value} className="y-label" style={{ bottom: percent(value / top) }}>
            {yLabel(value)}
          </span>
        ))}
        {labelledIndexes(points.length).map((i) => (
          <span key={i} className="x-label" style={{ left: percent((i + 0.5) / count) }}>
            {xLabel(i)}
          </span>
        ))}
        <svg viewBox={`0 0 ${count} ${HEIGHT}`} preserveAspectRatio="none" focusable="false" aria-hidden="true">
          {marks.map((value) => (
            <line key={value} className="grid-line" x1={0} x2={count} y1={y(value)} y2={y(value)} />
          ))}
          {runsOf(points, isHole).map(({ first, last }) => (
            <rect key={first} className="hole" x={first} width={last - first + 1} y={0} height={HEIGHT} />
          ))}
          {runsOf(points, isFilling).map(({ first, last }) => (
            <rect key={first} className="filling" x={first} width={last - first + 1} y={0} height={HEIGHT} />
          ))}
          {annotated.map((i) => (
            <line key={i} className="annotated" x1={i + 0.5} x2={i + 0.5} y1={0} y2={HEIGHT} />
          ))}
          {lines.map((line) => (
            <MeasureLine key={line} points={points} line={line} y={y} />
          ))}
        </svg>
      </div>
    </div>
  )
}

/** Draws one measure: a stroke per run of values, an area below `sent`, and a short bar for a single value. */
function MeasureLine({ points, line, y }: { points: Point[]; line: Line; y(value: number): number }) {
  return runsOf(points, (point) => point[line] !== null).map(({ first, last }) => {
    const run = points.slice(first, last + 1)
    const alone = isAlone(points, first, line)
    const trendLine = alone
      ? `${first + 0.3},${y(run[0]?.[line] ?? 0)} ${first + 0.7},${y(run[0]?.[line] ?? 0)}`
      : run.map((point) => `${point.i + 0.5},${y(point[line] ?? 0).toFixed(2)}`).join(' ')
    const [left, right] = alone ? [first + 0.3, first + 0.7] : [first + 0.5, last + 0.5]
    return (
      <g key={first} className={line}>
        {line === 'sent' && <polygon points={`${left},${HEIGHT} ${trendLine} ${right},${HEIGHT}`} />}
        <polyline points={trendLine} />
      </g>
    )
  })
}
