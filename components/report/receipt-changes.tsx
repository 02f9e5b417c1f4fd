import { day, distinctMinute } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import type { ChangeReply } from '@/lib/contract/changes/changes'
import type { FunnelReply } from '@/lib/contract/funnel'
import { vendorNames } from './vendor'

type Change = FunnelReply['receipts'][number]

interface Props {
  reply: FunnelReply
  /** What the card of changes says already. It is not said twice. */
  told?: readonly Told[]
  words: Words
}

type Told = Pick<ChangeReply, 'kind' | 'vendor' | 'channel'>
const SAME_AS: Record<Change['change'], readonly Told['kind'][]> = {
  began: ['receipts_began'],
  stopped: ['receipts_stopped', 'fell'],
  resumed: [],
}

/** Lists in sentences whose receipts began, stopped or came back. The chart marks the same changes. */
export function ReceiptChanges({ reply, told = [], words }: Props) {
  const isTold = ({ change, vendor, channel }: Change) =>
    told.some((one) => SAME_AS[change].includes(one.kind) && one.vendor === vendor && one.channel === channel)
  const left = reply.receipts.filter((one) => !isTold(one))
  if (left.length === 0) return null
  return (
    <ul aria-label={words.t('overview.receipts.changed')} className="space-y-1 text-13">
      {left.map((one) => (
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
