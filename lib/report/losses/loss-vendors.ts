import type { FunnelReply } from '@/lib/contract/funnel'
import type { LossVendor } from '@/lib/contract/losses'
import type { LossRecord, LossRow, LossStage } from '@/lib/contract/records'
import type { Channel, Vendor } from '@/lib/contract/vendors'
import { deliveryOf } from '@/lib/report/funnel/counts'
import { subtractOrNull, sumOrNull } from '@/lib/report/null-sums'

export type Funnel = Pick<FunnelReply, 'total' | 'vendors'>

/** Returns whether Tencent gave this stage's codes per vendor. Totals without any vendor row cannot be assigned. */
export function isAttributed(record: LossRecord, stage: LossStage): boolean {
  if (record.absent.some((gap) => gap.stage === stage && gap.by === 'vendor')) return false
  const rows = record.rows.filter((row) => row.stage === stage)
  return rows.length === 0 || rows.some(({ vendor }) => vendor !== null)
}

/**
 * Reconciles each vendor's loss with its codes. Before sending, every loss is known. After sending, a reporting vendor
 * lost what it did not deliver; for other vendors the same gap is *not reported*.
 */
export function lossVendors(stage: LossStage, record: LossRecord | null, funnel: Funnel | null): LossVendor[] {
  const rows = (record?.rows ?? []).filter((row) => row.stage === stage)
  const attributed = record !== null && isAttributed(record, stage)
  return placesOf(rows, funnel).map(({ vendor, channel }) => {
    const counts = funnel?.vendors.find((one) => one.vendor === vendor && one.channel === channel)
    const delivery = counts?.delivery ?? deliveryOf(vendor as Vendor, channel, { sent: 0, delivered: 0, clicked: 0 })
    const own = rows.filter((row) => row.vendor === vendor && row.channel === channel)
    const explained = attributed ? sumOrNull(own.map(({ count }) => count)) : null
    const gap = lossOf(stage, counts, funnel !== null)
    if (stage === 'post_send' && delivery !== 'reported') {
      return { vendor, channel, delivery, lost: 0, explained: 0, unexplained: 0, notReported: gap }
    }
    return {
      vendor,
      channel,
      delivery,
      lost: gap,
      explained,
      unexplained: subtractOrNull(gap, explained),
      notReported: 0,
    }
  })
}

/**
 * Returns the loss of one vendor. A vendor missing from the statistics sent nothing; without statistics its loss is
 * unknown.
 */
function lossOf(stage: LossStage, counts: Funnel['vendors'][number] | undefined, hasFunnel: boolean): number | null {
  if (!counts) return hasFunnel ? 0 : null
  return stage === 'ready_to_send'
    ? subtractOrNull(counts.sendable, counts.sent)
    : subtractOrNull(counts.sent, counts.delivered)
}

function placesOf(rows: LossRow[], funnel: Funnel | null): { vendor: string; channel: Channel }[] {
  const named = rows.flatMap(({ vendor, channel }) => (vendor === null ? [] : [{ vendor, channel }]))
  const all = [...(funnel?.vendors ?? []).map(({ vendor, channel }) => ({ vendor, channel })), ...named]
  return all.filter(
    (one, at) => all.findIndex(({ vendor, channel }) => vendor === one.vendor && channel === one.channel) === at,
  )
}
