import vendors from './vendors.json'

type Vendors = typeof vendors
/** The texts about vendors in one language, by vendor. */
export type VendorMessages = { [Name in keyof Vendors]: Vendors[Name]['en'] }

/** Returns the texts about vendors in one language. They are in one file for all languages, so that a vendor is one entry. */
export function vendorMessages(locale: keyof Vendors['apns']): VendorMessages {
  const texts = Object.entries(vendors).map(([name, byLocale]) => [name, byLocale[locale]])
  return Object.fromEntries(texts)
}
