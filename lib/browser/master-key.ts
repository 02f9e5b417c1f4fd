import type { MasterKeyReply } from '@/lib/contract/access/master-key'
import { post } from './api'

/** Replaces the master key of the server, and returns the new state. */
export function rotateMasterKey(): Promise<MasterKeyReply> {
  return post<MasterKeyReply>('/api/v1/master-key/rotate', {})
}
