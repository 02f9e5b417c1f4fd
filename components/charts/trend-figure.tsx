'use client'
import { type ComponentType, useEffect, useState } from 'react'
import { Sketch } from './sketch'
import type { TrendChartProps } from './trend-chart'

/**
 * Renders the sketch and replaces it by the chart when its script has loaded. Both fill the same box, so nothing moves.
 */
export function TrendFigure(props: TrendChartProps) {
  const [Chart, setChart] = useState<ComponentType<TrendChartProps> | null>(null)
  useEffect(() => {
    let here = true
    // Not next/dynamic: if the script cannot be loaded, the sketch and the page stay.
    import('./trend-chart').then(
      (loaded) => here && setChart(() => loaded.TrendChart),
      () => undefined,
    )
    return () => {
      here = false
    }
  }, [])
  return <div className="trend">{Chart ? <Chart {...props} /> : <Sketch {...props} />}</div>
}
