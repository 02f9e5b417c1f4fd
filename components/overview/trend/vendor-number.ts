import type { Unit } from '@/components/charts/points'
import { exact, percent } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import type { VendorReply } from '@/lib/contract/funnel'

/** Returns a vendor's number over the whole range: sent, or the delivery rate. Without receipts there is none, and it says so. */
export function vendorNumber({ sent, delivery, rates }: VendorReply, unit: Unit, { t, locale }: Words): string {
  if (unit === 'count') return sent === null ? t('overview.rate.unknown') : exact(sent)
  if (delivery === 'unreported') return t('overview.delivery.unreported')
  if (rates.deliveryReporting !== null) return percent(rates.deliveryReporting, locale)
  return delivery === 'partial' ? t('overview.delivery.partial') : t('overview.rate.tooFew')
}
