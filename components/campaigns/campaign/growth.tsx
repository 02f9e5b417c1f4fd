import { exact, percent } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { pointsText } from '@/components/report/delta'
import { stripControls } from '@/components/ui/strip-controls'
import {
  type AgedFunnel,
  type CampaignView,
  type MedianRates,
  TASK_AGES,
  type TagMedian,
  type TaskGrowth,
} from '@/lib/contract/campaigns/task-ages'
import { tagHref } from '@/lib/contract/links'
import { ageText } from '../moment'

interface Props {
  view: Pick<CampaignView, 'growth' | 'median'>
  appParam: string | null
  words: Words
}

/** Shows how a campaign grew: its counts at fixed ages, beside the median of its tag, and a small chart. */
export function Growth({ view: { growth, median }, appParam, words }: Props) {
  const { t } = words
  return (
    <section className="card px-5 py-4 max-sm:px-4" aria-labelledby="growth">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="max-w-[78ch] min-w-0 flex-1 basis-80">
          <h2 id="growth" className="text-16 font-semibold">
            {t('campaign.growth.title')}
          </h2>
          <p className="text-13 text-second">
            {median ? (
              <>
                {t('campaign.growth.lead', { tag: stripControls(median.tag) })}{' '}
                <a href={tagHref(appParam, 'overview', median.tag)} className="link">
                  {t('campaign.growth.tagReport')}
                </a>
              </>
            ) : (
              t('campaign.growth.leadAlone')
            )}
          </p>
        </div>
        <GrowthChart series={growth.series} label={t('campaign.growth.chart')} />
      </div>
      <div>
        <table className="mt-2 w-full text-13">
          <thead>
            <tr className="text-second">
              {(['age', 'sent', 'delivery', 'click'] as const).map((column, i) => (
                <th
                  key={column}
                  scope="col"
                  className={`py-1 font-medium ${i === 0 ? 'pe-4 text-start' : 'ps-4 text-end'}`}
                >
                  {t(`campaign.growth.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Ages growth={growth} median={median} words={words} />
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Ages({ growth, median, words }: { growth: TaskGrowth; median: TagMedian | null; words: Words }) {
  const { t } = words
  return (
    <>
      {TASK_AGES.map((age) => {
        const { funnel, gap } = growth.ages[age]
        return (
          <tr key={age} className="border-t border-line align-top">
            <th scope="row" className="py-1.5 pe-4 text-start font-normal">
              {t(`campaign.age.${age}`)}
            </th>
            {funnel ? (
              <Rates funnel={funnel} median={median?.ages[age] ?? null} words={words} />
            ) : (
              <td colSpan={3} className="py-1.5 text-end text-second">
                {t(`campaign.gap.${gap}`)}
              </td>
            )}
          </tr>
        )
      })}
      {growth.latest && (
        <tr className="border-t border-line align-top">
          <th scope="row" className="py-1.5 pe-4 text-start font-normal">
            {t('campaign.growth.latest', { age: ageText(growth.latest.age, words) })}
          </th>
          <Rates funnel={growth.latest} median={null} words={words} />
        </tr>
      )}
    </>
  )
}

/** The delivery rate is over vendors that report. Without a rate it says why. */
function Rates({ funnel, median, words }: { funnel: AgedFunnel; median: MedianRates | null; words: Words }) {
  const { t } = words
  const { total } = funnel
  const { deliveryReporting, click } = total.rates
  const noDelivery = t(total.delivery === 'unreported' ? 'overview.delivery.unreported' : 'overview.rate.tooFew')
  return (
    <>
      <td className="py-1.5 ps-4 text-end whitespace-nowrap">
        {total.sent === null ? t('overview.rate.unknown') : exact(total.sent)}
      </td>
      <td className="py-1.5 ps-4 text-end">
        <Rate own={deliveryReporting} usual={median?.delivery ?? null} instead={noDelivery} words={words} />
      </td>
      <td className="py-1.5 ps-4 text-end">
        <Rate own={click} usual={median?.click ?? null} instead={t('overview.rate.tooFew')} words={words} />
      </td>
    </>
  )
}

interface RateProps {
  own: number | null
  usual: number | null
  instead: string
  words: Words
}

function Rate({ own, usual, instead, words }: RateProps) {
  const { t, locale } = words
  if (own === null) return <span className="text-second">{instead}</span>
  return (
    <>
      <span className="block">{percent(own, locale)}</span>
      {usual !== null && (
        <span className="block text-12 text-second">
          {t('campaign.growth.median', { rate: percent(usual, locale) })} · {pointsText(own - usual, words)}
        </span>
      )}
    </>
  )
}

const [WIDTH, HEIGHT] = [220, 56]
const LINES = ['sent', 'delivered', 'clicked'] as const

/** Draws the counts over age on the server. A line has no point where a count is unknown. The table says the same. */
function GrowthChart({ series, label }: { series: TaskGrowth['series']; label: string }) {
  if (series.length < 2) return null
  const top = Math.max(1, ...series.flatMap((one) => LINES.map((line) => one[line] ?? 0)))
  const end = Math.max(1, ...series.map(({ age }) => age))
  // Most of the growth is in the first hours, so the scale of time is a root.
  const x = (age: number) => Math.sqrt(Math.max(0, age) / end) * WIDTH
  const y = (count: number) => HEIGHT - 2 - (count / top) * (HEIGHT - 4)
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={label}
      className="shrink-0 max-sm:w-full"
    >
      {LINES.map((line) => (
        <polyline
          key={line}
          fill="none"
          strokeWidth={1.5}
          stroke={`var(--m-${line})`}
          points={series
            .flatMap((one) => (one[line] === null ? [] : [`${x(one.age).toFixed(1)},${y(one[line]).toFixed(1)}`]))
            .join(' ')}
        />
      ))}
    </svg>
  )
}
