import type { Words } from '@/components/i18n/words'
import type { RetentionItem } from '@/lib/contract/installation/retention'
import { FORECAST_MONTHS } from '@/lib/contract/installation/retention-kinds'
import { sizeText } from './size-text'

const CELL = 'px-3 py-2 first:ps-5 last:pe-5 max-sm:px-1.5'
const NUMBER = `${CELL} text-end tabular-nums whitespace-nowrap`
/** A phone has room for the last two of the times. */
const more = (months: number): string => (months < 12 ? 'max-sm:hidden' : '')

/** Shows how large each kind of data becomes, and all together. Sizes are in MB. */
export function Forecast({ items, words }: { items: RetentionItem[]; words: Words }) {
  const { t } = words
  const mb = (bytes: number) => sizeText(bytes, words)
  const sum = (bytesOf: (item: RetentionItem) => number) => items.reduce((all, item) => all + bytesOf(item), 0)
  return (
    <section className="card" aria-labelledby="forecast">
      <div className="px-5 py-4 max-sm:px-4">
        <h2 id="forecast" className="text-16 font-semibold">
          {t('retention.forecast.title')}
        </h2>
        <p className="text-13 text-second">{t('retention.forecast.lead')}</p>
      </div>
      <table className="w-full border-t border-line text-13 max-sm:text-12">
        <caption className="sr-only">{t('retention.forecast.title')}</caption>
        <thead>
          <tr className="text-12 text-second">
            <th scope="col" className={`${CELL} text-start font-medium`}>
              {t('retention.column.kind')}
            </th>
            <th scope="col" className={`${NUMBER} font-medium`}>
              {t('retention.forecast.now')}
            </th>
            {FORECAST_MONTHS.map((months) => (
              <th key={months} scope="col" className={`${NUMBER} font-medium ${more(months)}`}>
                {t('retention.forecast.months', { n: months })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.kind} className="border-t border-line align-baseline">
              <th scope="row" className={`${CELL} text-start font-medium`}>
                {t(`retention.kind.${item.kind}.name`)}
              </th>
              <td className={NUMBER}>{mb(item.bytes)}</td>
              {item.forecast.map(({ months, bytes }) => (
                <td key={months} className={`${NUMBER} ${more(months)}`}>
                  {mb(bytes)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="border-t border-line align-baseline font-semibold">
            <th scope="row" className={`${CELL} text-start`}>
              {t('retention.forecast.total')}
            </th>
            <td className={NUMBER}>{mb(sum(({ bytes }) => bytes))}</td>
            {FORECAST_MONTHS.map((months, i) => (
              <td key={months} className={`${NUMBER} ${more(months)}`}>
                {mb(sum(({ forecast }) => forecast[i]?.bytes ?? 0))}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </section>
  )
}
