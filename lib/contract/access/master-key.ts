import { z } from 'zod'
import { instant } from '@/lib/contract/freshness'

/** What is known about the master key. The key itself never leaves the server. */
export const masterKeyReply = z.object({
  /** Who keeps the key: Pushlens in a file, or the operator in the environment. */
  source: z.enum(['file', 'environment']),
  /** It can be rotated now. In the environment this needs NEW_MASTER_KEY. */
  ready: z.boolean(),
  /** The database already has NEW_MASTER_KEY, which must become MASTER_KEY. */
  isNext: z.boolean(),
  /** When it was last rotated; null if never. */
  rotatedAt: instant.nullable(),
})
export type MasterKeyReply = z.infer<typeof masterKeyReply>
