import { z } from 'zod'

export const PRESETS = ['today', 'yesterday', '24h', '7d', '30d'] as const
export type Preset = (typeof PRESETS)[number]
export const DEFAULT_PRESET: Preset = '7d'

const zone = z
  .string()
  .max(64)
  .refine((name) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: name })
      return true
    } catch {
      return false
    }
  }, 'is not a time zone')

/** An ISO instant, a date (midnight in `tz`) or epoch seconds. The server decides which, because it knows the zone. */
const moment = z
  .string()
  .max(40)
  .regex(
    /^(\d{1,12}|\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2}))?)$/,
    'is not a date or an instant',
  )

/** Either a preset, or from and to. The server resolves presets, so that a thousand viewers send one request. */
export const rangeFields = {
  range: z.enum(PRESETS).optional().describe('A preset, instead of from and to. The last 7 full days by default'),
  from: moment.optional().describe('An ISO 8601 instant, a date (midnight in tz) or epoch seconds'),
  to: moment.optional().describe('As from, and exclusive'),
  tz: zone.optional().describe("A time zone such as Asia/Shanghai. The app's offset by default"),
}

/** The range that was used: half-open, as ISO instants. */
export const rangeReply = z.object({
  from: z.iso.datetime({ offset: true }),
  to: z.iso.datetime({ offset: true }),
  tz: z.string(),
  preset: z.enum(PRESETS).nullable(),
})
export type RangeReply = z.infer<typeof rangeReply>
