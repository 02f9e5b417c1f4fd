import { exact, percent } from '@/components/i18n/number'
import { distinctMinute, minute, zoneLabel } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { cellsOf } from '@/components/report/cells'
import { growthText, pointsText } from '@/components/report/delta'
import type { ChangesReply } from '@/lib/contract/changes/changes'
import type { FunnelReply, TotalReply } from '@/lib/contract/funnel'
import { changeText, limitTexts, quietText, type ReasonTitles, splitTexts } from './change-text'
import { SHOWN_CHANGES } from './shown-changes'

interface Summed {
  reply: FunnelReply
  changes: ChangesReply
  titles: ReasonTitles
  demo: boolean
  /** The address of the same range, which does not move with the days. */
  url: string
}

/** Returns the overview as text for a chat: range, four numbers, cover of receipts, what changed, and the link. */
export function summaryText({ reply, changes, titles, demo, url }: Summed, words: Words): string {
  const { t, locale } = words
  const { range, source, total, asOf } = reply
  const zone = zoneLabel(range.to, range.tz)
  const at = (iso: string) => distinctMinute(iso, range.tz, locale)
  const found = changes.items.slice(0, SHOWN_CHANGES).map((one) => changeText(one, range.tz, titles, words))
  const shown = found.length > 0 ? found : [quietText(changes, words)]
  return [
    ...(demo ? [t('common.demo')] : []),
    t('changes.summary.head', { source: t(`overview.source.${source}`), from: at(range.from), to: at(range.to), zone }),
    ...(total ? numberLines(total, reply, words) : []),
    `${t('changes.title')}:`,
    ...[...shown, ...splitTexts(changes, words), ...limitTexts(changes, words)].map((line) => `- ${line}`),
    ...(asOf === null ? [] : [t('overview.foot.asOf', { time: minute(asOf, range.tz, locale), zone })]),
    url,
  ].join('\n')
}

/** Without a rate the count stands alone. A vendor without receipts is never counted as 0 %. */
function numberLines(total: TotalReply, { comparison }: FunnelReply, words: Words): string[] {
  const { t, locale } = words
  const { sendable, sent, delivered, clicked, rates, cover } = total
  const rate = (value: number | null, key: 'ofSendable' | 'ofSent' | 'ofReporting' | 'ofDelivered') =>
    value === null ? null : t(`overview.rate.${key}`, { rate: percent(value, locale) })
  const known = (count: number | null) => (count === null ? t('overview.rate.unknown') : exact(count))
  const { now = null, before = null, change = null } = comparison ?? {}
  const line = (metric: 'sendable' | 'sent' | 'delivered' | 'clicked', ...parts: (string | null)[]) => {
    const value = parts.filter((part) => part !== null).join(' · ')
    return t('changes.summary.number', { name: t(`overview.metric.${metric}`), value })
  }
  const form = cellsOf(total).find(({ metric }) => metric === 'delivered')?.form
  const share =
    (cover.reportingSent ?? 0) > 0 && cover.share !== null
      ? t('overview.rate.cover', { share: percent(cover.share, locale) })
      : null
  return [
    line('sendable', known(sendable), growthText(now?.sendable, before?.sendable)),
    line('sent', known(sent), rate(rates.send, 'ofSendable'), growthText(now?.sent, before?.sent)),
    form === 'unreported'
      ? line('delivered', t('overview.delivery.unreported'))
      : line(
          'delivered',
          form === 'at_least' ? t('overview.rate.atLeast', { n: known(delivered) }) : known(delivered),
          rate(rates.deliveryReporting, 'ofReporting'),
          pointsText(change?.delivery, words),
          share,
        ),
    line(
      'clicked',
      known(clicked),
      rate(rates.click, rates.clickBasis === 'sent' ? 'ofSent' : 'ofDelivered'),
      pointsText(change?.click, words),
    ),
  ]
}
