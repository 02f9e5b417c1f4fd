import 'server-only'
import type { Endpoint } from '@/lib/contract/sources'
import type { Question } from './question'
import { baseUrlOf } from './regions'
import type { UpstreamApp } from './tim-push'

/** Where a question goes, without host and signature. */
export function pathOf(endpoint: Endpoint): string {
  return `/v4/${endpoint === 'query_online_status' ? 'openim' : 'timpush'}/${endpoint}`
}

/** The address of a question. It carries the signature: never to be logged, thrown or kept. */
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
 * The body of a question. Our windows are half-open and EndTime is sent as `to`: whether the upstream counts that last
 * second too is not documented, so the product probes it rather than guessing here.
 */
export function bodyOf(question: Question): Record<string, unknown> {
  switch (question.endpoint) {
    case 'all_member_push_statistics':
    case 'all_member_push_loss':
      // An empty list asks for the overall; leaving the field out is not documented (upstream page 71894).
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
