import { Plot } from '@/components/charts/plot'
import { scaleMarks, type Unit } from '@/components/charts/points'
import { exact, percent } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { VendorName } from '@/components/report/vendor-name'
import type { VendorReply } from '@/lib/contract/funnel'
import type { ChartNote } from './chart-notes'
import type { PlotParts } from './plot-parts'
import type { TrendLines } from './trend-lines'

interface Props {
  multiples: TrendLines['multiples']
  unit: Unit
  parts: PlotParts
  notes: readonly ChartNote[]
  words: Words
}

/** Renders a small chart for each vendor, all on one scale, with its number of the whole range. */
export function VendorMultiples({ multiples, unit, parts, notes, words }: Props) {
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
            <span className="font-medium">{numberOf(vendor, unit, words)}</span>
          </p>
          <div className="multiple">
            <Plot {...parts} lines={lines} unit={unit} marks={ends} notes={notes} />
          </div>
        </li>
      ))}
    </ul>
  )
}

/** The vendor's number over the whole range. Without receipts there is none, and it says so. */
function numberOf({ sent, delivery, rates }: VendorReply, unit: Unit, { t, locale }: Words): string {
  if (unit === 'count') return sent === null ? t('overview.rate.unknown') : exact(sent)
  if (delivery === 'unreported') return t('overview.delivery.unreported')
  if (rates.deliveryReporting !== null) return percent(rates.deliveryReporting, locale)
  return delivery === 'partial' ? t('overview.delivery.partial') : t('overview.rate.tooFew')
}
