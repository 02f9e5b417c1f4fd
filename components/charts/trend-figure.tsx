'use client'
import { type ComponentType, useEffect, useState } from 'react'
import { onFirstInput } from './first-input'
import { Plot, type PlotProps } from './plot'
import type { TrendChartProps } from './trend-chart'

/** Set once the script has loaded, for the next view. Stays null on the server. */
let loadedChart: ComponentType<TrendChartProps> | null = null

type Props = PlotProps & Omit<TrendChartProps, 'count'>

/**
 * Renders the chart, and lays tooltips over it once somebody uses the page. Nothing that is drawn changes, so nothing
 * moves.
 */
export function TrendFigure({ title, tip, ...plot }: Props) {
  const [Chart, setChart] = useState<ComponentType<TrendChartProps> | null>(() => loadedChart)
  useEffect(() => {
    if (Chart) return
    let here = true
    const stopWaiting = onFirstInput(window, () => {
      // Not next/dynamic: if the script cannot be loaded, the chart and the page stay.
      import('./trend-chart').then(
        ({ TrendChart }) => {
          loadedChart = TrendChart
          if (here) setChart(() => TrendChart)
        },
        () => undefined,
      )
    })
    return () => {
      here = false
      stopWaiting()
    }
  }, [Chart])
  return (
    <div className="trend">
      <Plot {...plot} />
      {Chart && <Chart title={title} count={plot.states.length} tip={tip} />}
    </div>
  )
}
