import type { ReactNode } from 'react'
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line as LineOf,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { isAlone, isFilling, isHole, type Line, labelledIndexes, type Point, runsOf, scaleMarks } from './points'

export interface TrendChartProps {
  title: string
  points: Point[]
  lines: readonly Line[]
  annotated: readonly number[]
  xLabel(i: number): string
  yLabel(count: number): string
  /** The tooltip of one place, by pointer or arrow keys. */
  tip(i: number): ReactNode
}

const COLOUR: Record<Line, string> = {
  sent: 'var(--m-sent)',
  delivered: 'var(--m-delivered)',
  clicked: 'var(--m-clicked)',
}
const TICK = { fontSize: 12, fill: 'var(--second)' }

/** Renders the interactive trend. It loads after the page, because it is larger than the page's own script. */
export function TrendChart({ title, points, lines, annotated, xLabel, yLabel, tip }: TrendChartProps) {
  const marks = scaleMarks(points, lines)
  const dotOf = (line: Line) => (props: { cx?: number; cy?: number; index?: number; key?: unknown }) => {
    const { cx, cy, index = -1 } = props
    return <circle key={index} cx={cx} cy={cy} r={isAlone(points, index, line) ? 3 : 0} fill={COLOUR[line]} />
  }
  const common = (line: Line) => ({
    dataKey: line,
    type: 'linear' as const,
    stroke: COLOUR[line],
    strokeWidth: line === 'sent' ? 1.5 : 2,
    dot: dotOf(line),
    activeDot: { r: 4, stroke: 'var(--surface)' },
    connectNulls: false,
    isAnimationActive: false,
  })
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={points} title={title} margin={{ top: 8, right: 12, bottom: 0, left: 0 }} accessibilityLayer>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="i"
          type="number"
          domain={[-0.5, points.length - 0.5]}
          ticks={labelledIndexes(points.length)}
          tickFormatter={xLabel}
          interval={0}
          height={24}
          axisLine={false}
          tickLine={false}
          tick={TICK}
        />
        <YAxis
          domain={[0, marks.at(-1) ?? 1]}
          ticks={marks}
          tickFormatter={yLabel}
          interval={0}
          width={48}
          axisLine={false}
          tickLine={false}
          tick={TICK}
        />
        {runsOf(points, isHole).map(({ first, last }) => (
          <ReferenceArea key={`hole-${first}`} x1={first - 0.5} x2={last + 0.5} className="hole" />
        ))}
        {runsOf(points, isFilling).map(({ first, last }) => (
          <ReferenceArea key={`filling-${first}`} x1={first - 0.5} x2={last + 0.5} className="filling" />
        ))}
        {annotated.map((i) => (
          <ReferenceLine key={`annotated-${i}`} x={i} className="annotated" />
        ))}
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--field)' }}
          content={({ active, label }) => (active && typeof label === 'number' ? tip(label) : null)}
        />
        {lines.map((line) =>
          line === 'sent' ? (
            <Area key={line} {...common(line)} fill={COLOUR.sent} fillOpacity={0.16} />
          ) : (
            <LineOf key={line} {...common(line)} {...(line === 'clicked' ? { strokeDasharray: '3 3' } : {})} />
          ),
        )}
      </ComposedChart>
    </ResponsiveContainer>
  )
}
