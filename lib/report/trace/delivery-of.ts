import type { DeviceRecord } from '@/lib/contract/records'
import type { Channel, Vendor } from '@/lib/contract/vendors'
import type { Delivery } from '@/lib/report/funnel/counts'
import type { Reporting } from '@/lib/report/funnel/reporting'
import type { Span } from '@/lib/report/range/windows'

/** The push of a trace: the ID of its certificate, and its time in epoch seconds. Null is unknown. */
export type TracedPush = Pick<DeviceRecord, 'certId' | 'pushedAt'>

/** Returns whether pushes of a vendor's channel report deliveries, at the time and with the certificate of this push. */
export type DeliveryOf = (vendor: Vendor, channel: Channel, push: TracedPush) => Delivery

/** Decides by the period of the vendor's history in which the push was sent; by the current one where that is unknown. */
export function deliveryByReporting(reporting: Reporting, nowS: number): DeliveryOf {
  return (vendor, channel, { pushedAt }) => {
    const at = pushedAt ?? nowS
    return deliveryWithin(reporting, { vendor, channel }, { from: at, to: at + 1 })
  }
}

const NO_COUNTS = { sent: 0, delivered: 0, clicked: 0 }

/**
 * Decides for a span of time. A trace that names no channel went through the vendor's, and so did a statistic without
 * one. The online channel does not speak for the vendor's.
 */
export function deliveryWithin(
  reporting: Reporting,
  { vendor, channel }: { vendor: Vendor; channel: Channel },
  span: Span,
): Delivery {
  const channels: Channel[] = channel === 'online' ? ['online'] : channel === null ? [null, 'offline'] : [channel, null]
  const found = channels.map((one) => reporting.delivery({ vendor, channel: one }, [span], NO_COUNTS))
  return found.find((delivery) => delivery !== 'unknown') ?? 'unknown'
}

/**
 * Adds what traces prove about certificates: a click without a delivery, and never a delivery, means that pushes of
 * this certificate give no receipts, although others of the vendor do.
 */
export function withCertificates(delivery: DeliveryOf, devices: readonly DeviceRecord[]): DeliveryOf {
  const clicked = new Set<string>()
  const reported = new Set<string>()
  for (const { vendor, certId, offline } of devices) {
    const key = certificateKey(vendor, certId)
    if (offline?.device?.status === 'ok') reported.add(key)
    else if (offline?.click?.status === 'ok') clicked.add(key)
  }
  return (vendor, channel, push) => {
    const { certId } = push
    const found = delivery(vendor, channel, push)
    const key = certificateKey(vendor, certId)
    const isSilent = namesCertificate(certId) && channel !== 'online' && clicked.has(key) && !reported.has(key)
    return isSilent && found !== 'unknown' ? 'unreported' : found
  }
}

const certificateKey = (vendor: Vendor, certId: string): string => `${vendor} ${certId}`

/** Tencent answers 0 or nothing where it did not fill in the certificate. */
const namesCertificate = (certId: string): boolean => certId !== '' && certId !== '0'
