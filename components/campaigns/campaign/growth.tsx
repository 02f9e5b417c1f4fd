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
import { clickFigure, deliveryFigure, type Figure } from '../figures'
import { ageText } from '../moment'
import { GrowthChart } from './growth-chart'

interface Props {
  view: Pick<CampaignView, 'growth' | 'median'>
  /** Whether any vendor of the campaign reports deliveries. */
  isReported: boolean
  appParam: string | null
  words: Words
}

/** Shows how a campaign grew: its counts at fixed ages, beside the median of its tag, and a small chart. */
export function Growth({ view: { growth, median }, isReported, appParam, words }: Props) {
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
        <GrowthChart series={growth.series} isReported={isReported} words={words} />
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

/** The delivery rate is over vendors that report. */
function Rates({ funnel: { total }, median, words }: { funnel: AgedFunnel; median: MedianRates | null; words: Words }) {
  const { deliveryReporting, click } = total.rates
  return (
    <>
      <td className="py-1.5 ps-4 text-end whitespace-nowrap">
        {total.sent === null ? words.t('overview.rate.unknown') : exact(total.sent)}
      </td>
      <td className="py-1.5 ps-4 text-end">
        <Rate
          own={deliveryReporting}
          figure={deliveryFigure(total, words)}
          usual={median?.delivery ?? null}
          words={words}
        />
      </td>
      <td className="py-1.5 ps-4 text-end">
        <Rate own={click} figure={clickFigure(total, words)} usual={median?.click ?? null} words={words} />
      </td>
    </>
  )
}

interface RateProps {
  own: number | null
  figure: Figure
  usual: number | null
  words: Words
}

/** Without a rate it says why. */
function Rate({ own, figure: { text, title, known }, usual, words }: RateProps) {
  const { t, locale } = words
  return (
    <>
      <span className={known ? 'block' : 'text-second'} title={title ?? undefined}>
        {text}
      </span>
      {own !== null && usual !== null && (
        <span className="block text-12 text-second">
          {t('campaign.growth.median', { rate: percent(usual, locale) })} · {pointsText(own - usual, words)}
        </span>
      )}
    </>
  )
}
