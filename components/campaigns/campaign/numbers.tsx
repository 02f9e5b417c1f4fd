import { exact, headline, percent } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { Bar } from '@/components/report/bar'
import { type Cell, cellsOf, MEASURES, stepBar } from '@/components/report/cells'
import { LinkOrText } from '@/components/ui/link-or-text'
import type { TotalReply } from '@/lib/contract/funnel'
import type { LossStage } from '@/lib/contract/records'

interface Props {
  total: TotalReply
  /** The losses of one stage; null where there is no such page. */
  lossHref: ((stage: LossStage) => string) | null
  words: Words
}

const TILE =
  'border-s border-line px-5 py-4 first:border-s-0 max-lg:nth-3:border-s-0 max-lg:nth-[n+3]:border-t max-sm:px-3.5'

/** Shows the four numbers of a campaign: each count, its rate, and what was lost on the way. */
export function CampaignNumbers({ total, lossHref, words }: Props) {
  const { t } = words
  const cells = cellsOf(total)
  return (
    <section aria-label={t('campaign.numbers')}>
      <dl className="card numbers grid grid-cols-2 lg:grid-cols-4">
        {cells.map((cell, i) => (
          <div key={cell.metric} className={TILE}>
            <dt className="text-13 font-medium" title={t(`overview.meaning.${cell.metric}`)}>
              {t(`overview.metric.${cell.metric}`)}
            </dt>
            <dd className="mt-1 text-28 font-medium tracking-[-0.02em] max-sm:text-20">{countText(cell, words)}</dd>
            <dd className="min-h-9 text-13 text-second">{rateText(cell, total, words)}</dd>
            <dd className="mt-2">
              <Bar
                metric={cell.metric}
                parts={
                  cell.form === 'hidden'
                    ? cell.bar
                    : cell.metric === 'delivered'
                      ? stepBar(cell, total.sent, total.cover.notReported ?? 0)
                      : cell.metric === 'sendable'
                        ? cell.bar
                        : stepBar(cell, cell.metric === 'clicked' ? cell.base : (cells[i - 1]?.count ?? null))
                }
              />
            </dd>
            <dd className="mt-2 min-h-6 text-13">
              <Drop cell={cell} total={total} lossHref={lossHref} words={words} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Has the size of the numbers that are awaited. */
export function NumbersPlaceholder({ label }: { label: string }) {
  return (
    <section aria-label={label} aria-busy="true" className="card grid grid-cols-2 lg:grid-cols-4">
      {MEASURES.map((metric) => (
        <div key={metric} className={`${TILE} min-h-43`}>
          <span className="waiting h-3 w-2/5" />
          <span className="waiting mt-3 block h-7 w-3/5" />
          <span className="waiting mt-8 block h-1.5 w-full" />
        </div>
      ))}
    </section>
  )
}

function countText({ form, count, rate }: Cell, { t, locale }: Words): string {
  if (form === 'hidden') return rate === null ? t('overview.rate.hidden') : percent(rate, locale)
  if (form === 'unreported') return t('overview.delivery.unreported')
  if (form === 'unknown' || count === null) return t('overview.rate.unknown')
  const { text } = headline(count, locale)
  return form === 'at_least' ? t('overview.rate.atLeast', { n: text }) : text
}

/** Says what a rate is of, or that there are too few for one. Without receipts there is nothing to say. */
function rateText({ metric, form, rate, base, basis, count }: Cell, { cover }: TotalReply, words: Words): string {
  const { t, locale } = words
  if (metric === 'sendable' || form === 'unreported') return ''
  if (rate === null) {
    return base && count !== null
      ? `${t('overview.rate.of', { base: exact(base) })} · ${t('overview.rate.tooFew')}`
      : ''
  }
  const shown = percent(rate, locale)
  if (metric === 'sent') return t('overview.rate.ofSendable', { rate: shown })
  if (metric === 'clicked')
    return t(basis === 'sent' ? 'overview.rate.ofSent' : 'overview.rate.ofDelivered', { rate: shown })
  if (basis !== 'reporting' || cover.share === null) return t('overview.rate.ofSent', { rate: shown })
  return `${t('overview.rate.ofReporting', { rate: shown })} · ${t('overview.rate.cover', { share: percent(cover.share, locale) })}`
}

function Drop({ cell, total, lossHref, words: { t } }: Props & { cell: Cell }) {
  if (cell.metric === 'sent' && cell.lost > 0) {
    return (
      <LinkOrText href={lossHref?.('ready_to_send')}>{t('overview.drop.before', { n: exact(cell.lost) })}</LinkOrText>
    )
  }
  if (cell.metric !== 'delivered') return null
  const notReported = total.cover.notReported ?? 0
  return (
    <>
      {cell.lost > 0 && (
        <LinkOrText href={lossHref?.('post_send')}>{t('overview.drop.lost', { n: exact(cell.lost) })}</LinkOrText>
      )}
      {cell.lost > 0 && notReported > 0 && ' · '}
      {notReported > 0 && (
        <a href="#receipts" className="link">
          {t('overview.drop.notReported', { n: exact(notReported) })}
        </a>
      )}
    </>
  )
}
