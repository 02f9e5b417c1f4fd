import { day, distinctMinute } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import type { FunnelReply } from '@/lib/contract/funnel'
import { vendorNames } from './vendor'

type Change = FunnelReply['receipts'][number]

/** Lists in sentences whose receipts began, stopped or came back. The chart marks the same changes. */
export function ReceiptChanges({ reply, words }: { reply: FunnelReply; words: Words }) {
  if (reply.receipts.length === 0) return null
  return (
    <ul aria-label={words.t('overview.receipts.changed')} className="space-y-1 text-13">
      {reply.receipts.map((one) => (
        <li key={`${one.vendor} ${one.channel} ${one.at}`} className="border-s-2 border-warn ps-3">
          {receiptChangeText(one, reply, words)}
        </li>
      ))}
    </ul>
  )
}

export function receiptChangesIn({ from, to }: { from: string; to: string }, { receipts }: FunnelReply): Change[] {
  const isInside = (at: string) => Date.parse(at) >= Date.parse(from) && Date.parse(at) < Date.parse(to)
  return receipts.filter(({ at }) => isInside(at))
}

export function receiptChangeText(one: Change, { range: { tz } }: FunnelReply, words: Words): string {
  const time = (one.grain === 'hour' ? distinctMinute : day)(one.at, tz, words.locale)
  const { name } = vendorNames(one, words)
  return words.t(`overview.receipts.${one.change}`, { vendor: name, time })
}
