'use client'
import { type ComponentType, useEffect, useState } from 'react'
import { Sketch } from './sketch'
import type { TrendChartProps } from './trend-chart'

/** The sketch, and over it, once its script has come, the chart: both fill the same box, so that nothing moves. */
export function TrendFigure(props: TrendChartProps) {
  const [Chart, setChart] = useState<ComponentType<TrendChartProps> | null>(null)
  useEffect(() => {
    let here = true
    // Not next/dynamic: where the script cannot be fetched the sketch stays, and the page with it.
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
