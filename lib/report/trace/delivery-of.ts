import type { DeviceRecord } from '@/lib/contract/records'
import type { Channel, Vendor } from '@/lib/contract/vendors'
import { type Delivery, deliveryOf, type VendorHistory } from '@/lib/report/funnel/counts'

/**
 * Returns whether pushes of a vendor's channel report deliveries, as decided over the last 30 stored days. With the ID
 * of a certificate, also whether those of this certificate do.
 */
export type DeliveryOf = (vendor: Vendor, channel: Channel, certId?: string) => Delivery

/** What a vendor's channel sent and reported over the last 30 stored days. */
export interface ChannelHistory extends VendorHistory {
  vendor: Vendor
  channel: Channel
}

/**
 * Decides from the stored history. A trace that names no channel went through the vendor's, so the online channel does
 * not count there.
 */
export function deliveryByHistory(history: readonly ChannelHistory[]): DeliveryOf {
  return (vendor, channel) => {
    const own = history.filter((one) => one.vendor === vendor)
    const exact = own.filter((one) => one.channel === channel)
    const rows = exact.length > 0 || channel === 'online' ? exact : own.filter((one) => one.channel !== 'online')
    const sum = { sent: 0, delivered: 0, clicked: 0 }
    for (const { sent, delivered, clicked } of rows) {
      sum.sent += sent
      sum.delivered += delivered
      sum.clicked += clicked
    }
    return deliveryOf(vendor, channel, sum)
  }
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
  return (vendor, channel, certId = '') => {
    const found = delivery(vendor, channel, certId)
    const key = certificateKey(vendor, certId)
    const isSilent = namesCertificate(certId) && channel !== 'online' && clicked.has(key) && !reported.has(key)
    return isSilent && found !== 'unknown' ? 'unreported' : found
  }
}

const certificateKey = (vendor: Vendor, certId: string): string => `${vendor} ${certId}`

/** Tencent answers 0 or nothing where it did not fill in the certificate. */
const namesCertificate = (certId: string): boolean => certId !== '' && certId !== '0'
