import type { EraseReply } from '@/lib/contract/users'
import { post } from './api'

/** Takes a user out of everything kept for this app. Nothing brings it back, so the UserID goes twice. */
export function eraseUser(app: string, userId: string, confirm: string): Promise<EraseReply> {
  return post<EraseReply>(`/api/v1/apps/${encodeURIComponent(app)}/users/erase`, { userId, confirm })
}
