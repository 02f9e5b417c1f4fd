import type { ReactNode } from 'react'
import { ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'

export interface TrendChartProps {
  title: string
  count: number
  /** The tooltip of one place, by pointer or arrow keys. */
  tip(i: number): ReactNode
}

/** The same as in plot.css. */
const MARGIN = { top: 26, right: 12, bottom: 40, left: 48 }

/**
 * Answers pointer and arrow keys above the drawn chart. It draws only the line at the chosen place. It loads after the
 * page, because it is larger than the page's own script.
 */
export function TrendChart({ title, count, tip }: TrendChartProps) {
  const places = Array.from({ length: count }, (_, i) => ({ i, zero: 0 }))
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={places} title={title} margin={MARGIN} accessibilityLayer>
        <XAxis dataKey="i" type="number" domain={[-0.5, count - 0.5]} hide />
        <YAxis domain={[0, 1]} hide />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--field)' }}
          content={({ active, label }) => (active && typeof label === 'number' ? tip(label) : null)}
        />
        <Line dataKey="zero" stroke="none" dot={false} activeDot={false} isAnimationActive={false} />
      </ComposedChart>
    </ResponsiveContainer>
  )
}
