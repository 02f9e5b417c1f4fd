import type { CheckReply } from '@/lib/contract/apps/check'
import { post } from './api'

/** Checks every endpoint of an app. Takes up to 25 s, because each endpoint waits for its turn. */
export function checkApp(app: string): Promise<CheckReply> {
  return post<CheckReply>(`/api/v1/apps/${encodeURIComponent(app)}/check`, {})
}
