import { z } from 'zod'
import { instant } from '@/lib/contract/freshness'
import { RETENTION_DAYS } from '@/lib/contract/limits'
import { RETENTION_KINDS } from './retention-kinds'

const count = z.number().int().min(0)

export const retentionQuery = z.strictObject({
  /** Days for the dry run and the forecast of look-ups; by default those that are set. */
  traces: z.coerce.number().int().min(RETENTION_DAYS.least).max(RETENTION_DAYS.most).optional(),
})
export type RetentionQuery = z.infer<typeof retentionQuery>

const retentionItem = z.object({
  kind: z.enum(RETENTION_KINDS),
  /** Kept for so many days, as it is set; null: for good, or by number. */
  days: count.nullable(),
  /** The newest so many are kept; null: by age, or for good. */
  newest: count.nullable(),
  /** The environment variable that sets it; null where nothing does. */
  variable: z.string().nullable(),
  rows: count,
  /** An estimate: the rows, times the average size of a sample. */
  bytes: count,
  oldest: instant.nullable(),
  /** Rows of an average day of the last week. */
  perDay: z.number().min(0),
  /** Expected bytes after so many months; of look-ups with the days of the query. */
  forecast: z.array(z.object({ months: z.number().int(), bytes: count })),
  /** What the next cleaning deletes; null for what is never deleted by age. */
  due: z.object({ rows: count, oldest: instant.nullable() }).nullable(),
})

export const retentionReply = z.object({
  items: z.array(retentionItem),
  /** Days of the dry run, for look-ups, and those that are set. */
  traces: z.object({ asked: count, set: count }),
  /** The database with its indexes and free space. */
  databaseBytes: count,
  /** True if the place of the backups did not answer. */
  backupsUnreachable: z.boolean(),
  asOf: instant,
})
export type RetentionReply = z.infer<typeof retentionReply>
export type RetentionItem = RetentionReply['items'][number]
