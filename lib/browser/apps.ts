import type { z } from 'zod'
import type { AppReply } from '@/lib/contract/apps'
import type { CheckReply } from '@/lib/contract/apps/check'
import type { AppChangeBody, AppRemovalBody, CheckBody, newAppBody } from '@/lib/contract/apps/manage'
import { patch, post, remove } from './api'

const pathOf = (app: string) => `/api/v1/apps/${encodeURIComponent(app)}`

/** Adds an app. Without `collectDays` it stays a draft. */
export function addApp(body: z.input<typeof newAppBody>): Promise<AppReply> {
  return post<AppReply>('/api/v1/apps', body)
}

/** Changes an app. Other credentials take over only if Tencent accepts them. */
export function changeApp(app: string, change: AppChangeBody): Promise<AppReply> {
  return patch<AppReply>(pathOf(app), change)
}

/** Removes an app. `confirm` is its SDKAppID. */
export function removeApp(app: string, removal: AppRemovalBody): Promise<{ removed: true }> {
  return remove(pathOf(app), removal)
}

/** Tests credentials at every endpoint without storing them. Takes up to 25 s. */
export function checkCredentials(app: string, credentials: CheckBody): Promise<CheckReply> {
  return post<CheckReply>(`${pathOf(app)}/check`, credentials)
}
