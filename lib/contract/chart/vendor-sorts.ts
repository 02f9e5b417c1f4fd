/**
 * The orders of the vendor table; the API does not know them. What needs attention comes first: the lowest delivery rate,
 * the largest fall against the comparison, the largest part lost, the most messages lost.
 */
export const VENDOR_SORTS = ['volume', 'rate', 'change', 'points', 'lost'] as const
export type VendorSort = (typeof VENDOR_SORTS)[number]
