import type { CollectingBody, StatusReply } from '@/lib/contract/apps'
import { post } from './api'

/** Changes how an app is collected, and returns the new state. */
export function setCollecting(app: string, change: CollectingBody): Promise<StatusReply> {
  return post<StatusReply>(`/api/v1/apps/${encodeURIComponent(app)}/collecting`, change)
}
