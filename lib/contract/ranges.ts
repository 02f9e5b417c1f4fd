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

/** An ISO instant, a date (midnight in `tz`) or epoch seconds; which one is decided where the zone is known. */
const moment = z
  .string()
  .max(40)
  .regex(
    /^(\d{1,12}|\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2}))?)$/,
    'is not a date or an instant',
  )

/** Either a preset or from and to. Presets are resolved on the server, so that a thousand viewers ask one question. */
export const rangeFields = {
  range: z.enum(PRESETS).optional(),
  from: moment.optional(),
  to: moment.optional(),
  tz: zone.optional(),
}

/** What counts are held against: the time right before, or the same weekdays. */
export const COMPARISONS = ['none', 'previous', 'weekday'] as const
export type Comparison = (typeof COMPARISONS)[number]

/** What was used: half-open epoch seconds, as ISO instants in answers. */
export const rangeReply = z.object({
  from: z.iso.datetime({ offset: true }),
  to: z.iso.datetime({ offset: true }),
  tz: z.string(),
  preset: z.enum(PRESETS).nullable(),
})
export type RangeReply = z.infer<typeof rangeReply>
