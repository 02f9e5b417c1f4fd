import 'server-only'
import { isPushlensError } from '@/lib/contract/errors'

/**
 * Waits for a write that may be skipped, such as the time a session was last used. On a full disk the request goes on.
 */
export async function optionalWrite(write: Promise<void>): Promise<void> {
  await write.catch((error: unknown) => {
    if (!isPushlensError(error) || error.code !== 'storage_full') throw error
  })
}
