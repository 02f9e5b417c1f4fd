import type { CheckReply } from '@/lib/contract/check'
import { post } from './api'

/** Takes up to 25 s: every endpoint of the app waits its turn. */
export function checkApp(app: string): Promise<CheckReply> {
  return post<CheckReply>(`/api/v1/apps/${encodeURIComponent(app)}/check`, {})
}
