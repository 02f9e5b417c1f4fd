import { z } from 'zod'

export const TREND_MEASURES = ['volume', 'rate'] as const
export const TREND_PARTS = ['total', 'vendor'] as const

/**
 * How the overview draws its chart. The API does not know it, except that one line per vendor needs `vendors=1`. An
 * unknown value in an address is the default.
 */
export const trendView = z.object({
  measure: z.enum(TREND_MEASURES).catch('volume'),
  by: z.enum(TREND_PARTS).catch('total'),
})
export type TrendView = z.infer<typeof trendView>

export const TREND_KEYS = ['measure', 'by'] as const
