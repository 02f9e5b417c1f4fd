import { type BucketState, type ChartLine, isFilling, isHole, type Run, runsOf } from './points'

/** The height of the drawing in its own units. Its width is one unit per bucket. */
export const HEIGHT = 100

interface Props {
  states: readonly BucketState[]
  lines: readonly ChartLine[]
  /** The marks of the scale; the last one is its top. */
  marks: readonly number[]
  /** Indexes with a vertical line. */
  annotated: readonly number[]
}

/** Draws grid, holes, bars and lines. It is stretched to its box, and strokes keep their width. */
export function Drawing({ states, lines, marks, annotated }: Props) {
  const count = Math.max(1, states.length)
  const top = marks.at(-1) ?? 1
  const y = (value: number) => round(HEIGHT - (value / top) * HEIGHT)
  return (
    <svg viewBox={`0 0 ${count} ${HEIGHT}`} preserveAspectRatio="none" focusable="false" aria-hidden="true">
      {runsOf(states, isHole).map((run) => (
        <Ground key={run.first} kind="hole" {...run} />
      ))}
      {runsOf(states, isFilling).map((run) => (
        <Ground key={run.first} kind="filling" {...run} />
      ))}
      {marks.map((value) => (
        <line key={value} className="grid-line" x1={0} x2={count} y1={y(value)} y2={y(value)} />
      ))}
      {lines.map((line) => (
        <g key={line.key} className={`${line.form} ${line.tone}`}>
          {line.form === 'bar' ? <path d={barsPath(line, y)} /> : <Strokes line={line} y={y} />}
        </g>
      ))}
      {annotated.map((i) => (
        <line key={i} className="annotated" x1={i + 0.5} x2={i + 0.5} y1={0} y2={HEIGHT} />
      ))}
    </svg>
  )
}

function Ground({ kind, first, last }: Run & { kind: 'hole' | 'filling' }) {
  return <rect className={kind} x={first} width={last - first + 1} y={0} height={HEIGHT} />
}

/** One path for all bars of a measure: hours of a month are hundreds. */
function barsPath({ values, width = 0.7 }: ChartLine, y: (value: number) => number): string {
  return values
    .map((value, i) =>
      value === null ? '' : `M${round(i + 0.5 - width / 2)} ${HEIGHT}V${y(value)}h${width}V${HEIGHT}z`,
    )
    .join('')
}

/** A stroke per run of values, with an area below where wanted. A single value is a short bar. */
function Strokes({ line: { values, form }, y }: { line: ChartLine; y(value: number): number }) {
  return runsOf(values, (value) => value !== null).map(({ first, last }) => {
    const points =
      first === last
        ? [first + 0.3, first + 0.7].map((x) => `${x},${y(values[first] ?? 0)}`)
        : values.slice(first, last + 1).map((value, i) => `${first + i + 0.5},${y(value ?? 0)}`)
    const [left, right] = first === last ? [first + 0.3, first + 0.7] : [first + 0.5, last + 0.5]
    return [
      form === 'area' && (
        <polygon key={`area-${first}`} points={`${left},${HEIGHT} ${points.join(' ')} ${right},${HEIGHT}`} />
      ),
      <polyline key={first} points={points.join(' ')} />,
    ]
  })
}

const round = (n: number): number => Math.round(n * 100) / 100
