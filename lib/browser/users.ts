import type { EraseReply } from '@/lib/contract/users'
import { post } from './api'

/** Erases everything that is stored of a user in this app. It cannot be undone, so the UserID is sent twice. */
export function eraseUser(app: string, userId: string, confirm: string): Promise<EraseReply> {
  return post<EraseReply>(`/api/v1/apps/${encodeURIComponent(app)}/users/erase`, { userId, confirm })
}
