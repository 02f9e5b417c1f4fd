import type { Clock } from '../../clock'
import type { App, Endpoint } from '../admission'
import { type Json, type JsonObject, Refusal } from '../answers'
import type { EmulatorState } from '../emulator-state'
import { chatLoss, taskLoss } from './loss'
import { onlineStatus } from './online-status'
import { chatStatistics, taskStatistics } from './statistics'
import { chatTrace, taskTrace } from './trace'

/** Answers an accepted call. Throws a `Refusal` for an invalid request, or while a switch refuses every call. */
export function answerCall(
  { worlds, switches, clock }: Pick<EmulatorState, 'worlds' | 'switches'> & { clock: Pick<Clock, 'data'> },
  app: App,
  endpoint: Endpoint,
  text: string,
): JsonObject {
  const body = read(text)
  const world = worlds.get(app.sdkAppId)
  if (!world) throw new Refusal(70020)
  if (endpoint === 'query_online_status') return onlineStatus(world, body)
  if (switches.notAllowed) throw new Refusal(90009)
  if (switches.notEnabled) throw new Refusal(90045)
  return ANSWERS[endpoint](world, body, clock.data(), switches)
}

const ANSWERS = {
  all_member_push_statistics: taskStatistics,
  all_member_push_loss: taskLoss,
  all_member_push_trace: taskTrace,
  normal_push_statistics: chatStatistics,
  normal_push_loss: chatLoss,
  normal_push_trace: chatTrace,
}

function read(text: string): JsonObject {
  try {
    const body: Json = JSON.parse(text)
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body
  } catch {
    // Falls through: invalid JSON gets the same refusal as a body that is not an object.
  }
  throw new Refusal(60003)
}
