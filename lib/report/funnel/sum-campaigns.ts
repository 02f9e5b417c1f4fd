import type { TotalReply } from '@/lib/contract/funnel'
import { rateOf } from './counts'

/** The counts of one campaign that its list adds up; null where unknown. */
export interface CampaignCounts extends Pick<TotalReply, 'sent' | 'delivered' | 'clicked'> {
  reportingSent: number | null
  reportingDelivered: number | null
  clickBasis: TotalReply['rates']['clickBasis']
}

export interface CampaignSum {
  /** Campaigns whose numbers are known. The sums are of these. */
  known: number
  sent: number | null
  delivered: number | null
  clicked: number | null
  reportingSent: number | null
  reportingDelivered: number | null
  /** Over vendors with receipts, as a fraction. */
  delivery: number | null
  /** How much of `sent` these vendors sent, as a fraction. */
  share: number | null
  click: number | null
  /** `sent` unless the clicks of every campaign are of its deliveries. */
  clickBasis: TotalReply['rates']['clickBasis']
}

/** Adds up campaigns whose numbers are known. People who got several of them count several times. */
export function sumCampaigns(campaigns: readonly (CampaignCounts | null)[]): CampaignSum {
  const known = campaigns.filter((one): one is CampaignCounts & { sent: number } => one !== null && one.sent !== null)
  const sent = sumOf(known, 'sent')
  const reportingSent = sumOf(known, 'reportingSent')
  const reportingDelivered = sumOf(known, 'reportingDelivered')
  const [delivered, clicked] = [sumOf(known, 'delivered'), sumOf(known, 'clicked')]
  const clickBasis = known.length > 0 && known.every((one) => one.clickBasis === 'delivered') ? 'delivered' : 'sent'
  return {
    ...{ known: known.length, sent, delivered, clicked, reportingSent, reportingDelivered, clickBasis },
    delivery: rateOf(reportingDelivered, reportingSent),
    // The rows of vendors need not add up to Tencent's own total, so the part may exceed the whole.
    share: sent === null || sent === 0 || reportingSent === null ? null : Math.min(1, reportingSent / sent),
    click: rateOf(clicked, clickBasis === 'delivered' ? delivered : sent),
  }
}

type Counted = 'sent' | 'delivered' | 'clicked' | 'reportingSent' | 'reportingDelivered'

/** Adds the known counts; null where none is known. */
function sumOf(campaigns: readonly CampaignCounts[], count: Counted): number | null {
  const counts = campaigns.map((one) => one[count]).filter((one) => one !== null)
  return counts.length === 0 ? null : counts.reduce((all, one) => all + one, 0)
}
