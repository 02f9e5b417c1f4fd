import { Plot } from '@/components/charts/plot'
import { scaleMarks, type Unit } from '@/components/charts/points'
import type { Words } from '@/components/i18n/words'
import { VendorName } from '@/components/report/vendor-name'
import type { FunnelReply } from '@/lib/contract/funnel'
import type { ChartNote } from './chart-notes'
import { annotatedPlaces, type PlotParts } from './plot-parts'
import type { TrendLines } from './trend-lines'
import { vendorNumber } from './vendor-number'

interface Props {
  reply: FunnelReply
  multiples: TrendLines['multiples']
  unit: Unit
  parts: PlotParts
  notes: readonly ChartNote[]
  words: Words
}

/** Renders a small chart for each vendor, all on one scale, with its number of the whole range. */
export function VendorMultiples({ reply, multiples, unit, parts, notes, words }: Props) {
  const marks = scaleMarks(
    multiples.flatMap(({ lines }) => lines),
    unit,
  )
  const ends = [0, marks.at(-1) ?? 1]
  return (
    <ul className="multiples">
      {multiples.map(({ vendor, lines }) => (
        <li key={`${vendor.vendor} ${vendor.channel}`}>
          <p className="flex items-baseline justify-between gap-3 text-13">
            <VendorName vendor={vendor} words={words} />
            <span className="font-medium">{vendorNumber(vendor, unit, words)}</span>
          </p>
          <div className="multiple">
            <Plot
              {...parts}
              annotated={annotatedPlaces(reply, vendor)}
              lines={lines}
              unit={unit}
              marks={ends}
              notes={notes}
            />
          </div>
        </li>
      ))}
    </ul>
  )
}
