import { z } from 'zod'
import { instant } from '@/lib/contract/freshness'

const backupReply = z.object({
  name: z.string(),
  at: instant,
  bytes: z.number().int(),
  /** Who made it: the schedule, whose old copies are deleted, or a person. */
  origin: z.enum(['schedule', 'person']),
})

export const backupsReply = z.object({
  /** False with PostgreSQL, which the operator copies with pg_dump. */
  supported: z.boolean(),
  /** The folder or bucket of the backups. */
  to: z.string(),
  /** How often the schedule makes one, in hours; null without a schedule. */
  everyHours: z.number().nullable(),
  /** How many scheduled copies are kept. */
  keep: z.number().int(),
  /** Newest first. */
  items: z.array(backupReply),
  /** True if the folder or bucket did not answer: then `items` is empty although there may be backups. */
  unreachable: z.boolean(),
  /** True if the last attempt of the schedule failed. It tries again every 15 minutes. */
  failed: z.boolean(),
})
export type BackupsReply = z.infer<typeof backupsReply>

export const backupQuery = z.strictObject({
  name: z
    .string()
    .max(60)
    .regex(/^pushlens-[\dTZ]+(-manual)?\.db$/, 'must be the name of a backup'),
})
export type BackupQuery = z.infer<typeof backupQuery>
