import 'server-only'
import { isPushlensError } from '@/lib/contract/errors'

/** A write that merely notes something, such as when a session was last used: on a full disk people go on without it. */
export async function noteIfRoom(write: Promise<void>): Promise<void> {
  await write.catch((error: unknown) => {
    if (!isPushlensError(error) || error.code !== 'storage_full') throw error
  })
}
