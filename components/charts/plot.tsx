import { Drawing } from './drawing'
import { flagsOf } from './flags'
import { type BucketState, type ChartLine, labelledIndexes, scaleMarks, type Unit } from './points'

export interface PlotProps {
  states: readonly BucketState[]
  lines: readonly ChartLine[]
  unit: Unit
  /** Indexes with a vertical line, for receipts that began or ended. */
  annotated: readonly number[]
  /** Places with a number, which a list below the chart explains. */
  notes?: readonly { i: number; n: number }[]
  /** Names of places, the most important first. What does not fit is left out. */
  flags?: readonly { i: number; text: string }[]
  /** The labels below the chart: `day` is a second line where the day changes. */
  xLabel(i: number): { text: string; day: string | null }
  yLabel(value: number): string
  /** The scale, where several plots share one. */
  marks?: readonly number[]
}

/** The least width of a name: a week of days fits on a wide screen, two names on a phone. */
export const WIDE = 1 / 8
const NARROW = 2 / 5

const percent = (part: number) => `${(part * 100).toFixed(3)}%`

/** Renders a chart without scripts: scale, labels and drawing. It fills its box. */
export function Plot({ states, lines, unit, annotated, notes = [], flags = [], xLabel, yLabel, ...given }: PlotProps) {
  const marks = given.marks ?? scaleMarks(lines, unit)
  const top = marks.at(-1) ?? 1
  const count = Math.max(1, states.length)
  const labels = labelledIndexes(states.length).map((i) => ({ i, ...xLabel(i) }))
  // A phone has room for five dates like "23 Oct", but only for three like "10月23日".
  const isCrowded = labels.length > 4 && labels.some(({ text }) => widthOf(text) > 6)
  return (
    <div className="plot" aria-hidden="true">
      <div className="plot-area">
        {marks.map((value) => (
          <span key={value} className="y-label" style={{ bottom: percent(value / top) }}>
            {yLabel(value)}
          </span>
        ))}
        {labels.map(({ i, text, day }, nth) => (
          <span
            key={i}
            className={isCrowded && nth % 2 === 1 ? 'x-label max-sm:hidden' : 'x-label'}
            style={{ left: percent((i + 0.5) / count) }}
          >
            {text}
            {day !== null && <span className="day">{day}</span>}
          </span>
        ))}
        <Drawing states={states} lines={lines} marks={marks} annotated={annotated} />
        <Flags flags={flagsOf(flags, count, WIDE)} className="max-sm:hidden" />
        <Flags flags={flagsOf(flags, count, NARROW)} className="sm:hidden" />
        {notes.map(({ i, n }) => (
          <span key={n} className="note-mark" style={{ left: percent((i + 0.5) / count) }}>
            {n}
          </span>
        ))}
      </div>
    </div>
  )
}

/** Returns the width of a label in digits. A Chinese or Korean character is as wide as two. */
const widthOf = (text: string): number => [...text].reduce((sum, sign) => sum + (sign > '\u2e80' ? 2 : 1), 0)

/** Names above their places, each beside a pole that stands on its place. */
function Flags({ flags, className }: { flags: ReturnType<typeof flagsOf>; className: string }) {
  return flags.map(({ i, text, pole, left, width, side }) => (
    <span key={i} className={className}>
      <span className="pole" style={{ left: percent(pole) }} />
      <span className={`flag ${side}`} style={{ left: percent(left), width: percent(width) }}>
        {text}
      </span>
    </span>
  ))
}
