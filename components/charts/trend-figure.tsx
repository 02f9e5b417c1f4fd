'use client'
import { type ComponentType, useEffect, useState } from 'react'
import { onFirstInput } from './first-input'
import { Sketch } from './sketch'
import type { TrendChartProps } from './trend-chart'

/** Set once the script has loaded, so that the next view needs no sketch. Stays null on the server. */
let loadedChart: ComponentType<TrendChartProps> | null = null

/**
 * Renders the sketch, and replaces it by the chart once somebody uses the page: both show the same, and the chart only
 * adds what pointer and keys do. Both fill the same box, so nothing moves.
 */
export function TrendFigure(props: TrendChartProps) {
  const [Chart, setChart] = useState<ComponentType<TrendChartProps> | null>(() => loadedChart)
  useEffect(() => {
    if (Chart) return
    let here = true
    const stopWaiting = onFirstInput(window, () => {
      // Not next/dynamic: if the script cannot be loaded, the sketch and the page stay.
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
  return <div className="trend">{Chart ? <Chart {...props} /> : <Sketch {...props} />}</div>
}
