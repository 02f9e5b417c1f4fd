import Link from 'next/link'
import { exact, percent } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { pointsText } from '@/components/report/delta'
import type { ComparedTask, CompareTasksReply } from '@/lib/contract/campaigns/task-comparison'
import { MIN_VOLUME } from '@/lib/contract/limits'
import { campaignHref, compareHref } from '@/lib/contract/links'
import { ageText, moment, nameOf } from '../moment'
import { comparedRates } from './rates'

interface Props {
  reply: CompareTasksReply
  appParam: string | null
  tz: string
  words: Words
}

const RATES = ['send', 'delivery', 'click'] as const
/** On a phone each campaign is a card, and each cell has its own label. */
const CELL = 'py-2 ps-4 text-end whitespace-nowrap max-sm:py-1 max-sm:ps-0 max-sm:text-start max-sm:whitespace-normal'
type RateName = (typeof RATES)[number]

/** Lists the compared campaigns: what was sent, each rate, and its difference to the first campaign in words. */
export function ComparisonTable({ reply, appParam, tz, words }: Props) {
  const { t } = words
  return (
    <section className="card px-5 py-4 max-sm:px-4" aria-label={t('campaign.compare.title')}>
      <table className="w-full text-13">
        <thead className="max-sm:sr-only">
          <tr className="text-second">
            <th scope="col" className="py-1 pe-4 text-start font-medium">
              {t('campaign.compare.campaign')}
            </th>
            {(['sent', ...RATES] as const).map((column) => (
              <th key={column} scope="col" className="py-1 ps-4 text-end font-medium whitespace-nowrap">
                {t(`campaign.compare.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {reply.tasks.map((task, i) => (
            <tr
              key={task.taskId}
              className="border-t border-line align-top max-sm:grid max-sm:grid-cols-2 max-sm:gap-x-4 max-sm:py-2 max-sm:first:border-t-0"
            >
              <th scope="row" className="py-2 pe-4 text-start font-normal max-sm:col-span-2 max-sm:py-1">
                <Named task={task} isFirst={i === 0} reply={reply} appParam={appParam} tz={tz} words={words} />
              </th>
              {task.counts ? (
                <Numbers task={task} counts={task.counts} basis={reply.clickBasis} words={words} />
              ) : (
                <td colSpan={4} className="py-2 text-end text-second max-sm:col-span-2 max-sm:text-start">
                  {t(`campaign.gap.${task.gap ?? 'not_collected'}`)}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Named({ task, isFirst, reply, appParam, tz, words }: Props & { task: ComparedTask; isFirst: boolean }) {
  const { t } = words
  const others = reply.tasks.map(({ taskId }) => taskId).filter((taskId) => taskId !== task.taskId)
  const facts = [
    task.sentAt && moment(task.sentAt, tz),
    task.age !== null && t('campaign.compare.counted', { age: ageText(task.age, words) }),
    isFirst && t('campaign.compare.base'),
    !isFirst && task.counts && reply.tasks[0]?.counts && !task.differences && t('campaign.compare.otherAge'),
  ].filter((fact) => typeof fact === 'string')
  return (
    <>
      <Link prefetch={false} href={campaignHref(appParam, task.taskId)} className="link break-words">
        {nameOf(task)}
      </Link>
      <span className="block text-12 text-second">{facts.join(' · ')}</span>
      {others.length >= 2 && (
        <Link
          prefetch={false}
          href={compareHref(appParam, others)}
          className="no-print inline-flex min-h-6 items-center text-12 text-second hover:underline"
        >
          {t('campaign.compare.remove', { name: nameOf(task) })}
        </Link>
      )}
    </>
  )
}

interface NumbersProps {
  task: ComparedTask
  counts: NonNullable<ComparedTask['counts']>
  basis: CompareTasksReply['clickBasis']
  words: Words
}

function Numbers({ task, counts, basis, words }: NumbersProps) {
  const { t } = words
  const rates = comparedRates(task, counts, basis)
  return (
    <>
      <td className={CELL}>
        <Label text={t('campaign.compare.sent')} />
        {counts.sent === null ? t('overview.rate.unknown') : exact(counts.sent)}
      </td>
      {RATES.map((rate) => (
        <td key={rate} className={CELL}>
          <Label text={t(`campaign.compare.${rate}`)} />
          <Rate
            rate={rates[rate]}
            difference={task.differences?.[rate] ?? null}
            instead={noRate(rate, { task, counts, basis, words })}
            words={words}
          />
        </td>
      ))}
    </>
  )
}

/** Names a cell on a phone, where the head of the table is hidden. Screen readers have the head. */
function Label({ text }: { text: string }) {
  return (
    <span aria-hidden="true" className="block text-12 text-second sm:hidden">
      {text}
    </span>
  )
}

/** Returns why a rate is missing: it is of too few, or unknown, or no vendor reports deliveries in all campaigns. */
function noRate(rate: RateName, { task, counts, basis, words: { t } }: NumbersProps): string {
  if (rate === 'delivery' && counts.delivery === 'unreported') return t('overview.delivery.unreported')
  if (rate === 'delivery' && task.delivery === null) return t('campaign.compare.notComparable')
  const whole = { send: counts.sendable, delivery: task.delivery?.sent ?? null, click: counts[basis] }[rate]
  return t(whole !== null && whole < MIN_VOLUME ? 'overview.rate.tooFew' : 'overview.rate.unknown')
}

interface RateProps {
  rate: number | null
  difference: NonNullable<ComparedTask['differences']>[RateName]
  instead: string
  words: Words
}

function Rate({ rate, difference, instead, words }: RateProps) {
  const { t, locale } = words
  if (rate === null) return <span className="text-second">{instead}</span>
  const points = (n: number) => pointsText(n, words) ?? ''
  return (
    <>
      <span className="block">{percent(rate, locale)}</span>
      {difference && (
        <span
          className={`block text-12 ${difference.beyondChance ? 'font-medium' : 'text-second'}`}
          title={t('campaign.compare.interval', { low: points(difference.low), high: points(difference.high) })}
        >
          {points(difference.difference)} · {t(`campaign.compare.${difference.beyondChance ? 'beyond' : 'within'}`)}
        </span>
      )}
    </>
  )
}
