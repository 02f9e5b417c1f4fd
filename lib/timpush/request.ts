import 'server-only'
import type { Endpoint } from '@/lib/contract/sources'
import type { Question } from './question'
import { baseUrlOf } from './regions'
import type { UpstreamApp } from './tim-push'

/** Returns the path of an endpoint. */
export function pathOf(endpoint: Endpoint): string {
  return `/v4/${endpoint === 'query_online_status' ? 'openim' : 'timpush'}/${endpoint}`
}

/** Returns the URL of a call. It contains the signature: never log, throw or store it. */
export function urlOf(app: UpstreamApp, endpoint: Endpoint, userSig: string, random: number): string {
  const query = new URLSearchParams({
    sdkappid: String(app.sdkAppId),
    identifier: app.adminId,
    usersig: userSig,
    random: String(random),
    contenttype: 'json',
  })
  return `${baseUrlOf(app.region, app.baseUrl)}${pathOf(endpoint)}?${query}`
}

/**
 * Returns the request body. Our windows are half-open and `to` is sent as EndTime. Whether Tencent includes that second is
 * not documented; the probe measures it.
 */
export function bodyOf(question: Question): Record<string, unknown> {
  switch (question.endpoint) {
    case 'all_member_push_statistics':
    case 'all_member_push_loss':
      // An empty list requests the overall. Omitting the field is not documented (upstream page 71894).
      return { StartTime: question.from, EndTime: question.to, TaskID: question.tasks }
    case 'normal_push_statistics':
    case 'normal_push_loss':
      return { StartTime: question.from, EndTime: question.to }
    case 'all_member_push_trace':
      return { TaskID: question.taskId, UserID: question.userId }
    case 'normal_push_trace':
      return { PushID: question.pushId }
    case 'query_online_status':
      return { To_Account: question.userIds, IsNeedDetail: 1 }
  }
}
