import { offsetSeconds, type Switches } from '../../switches'
import { dayOf } from '../../world/calendar'
import { userByName, userOf } from '../../world/devices'
import { pushIdOf, secondsIn } from '../../world/ids'
import type { Row, Rows } from '../../world/rows'
import type { World } from '../../world/world'
import { type JsonObject, Refusal, succeeded } from '../answers'
import { instanceTrace } from './instance-trace'
import { taskRows } from './select-rows'
import { DAYS, knownAt, text } from './window'

const HORIZON = DAYS.trace * 86_400

/** Answers all_member_push_trace (page 71893). An unknown or too old task has no traces. */
export function taskTrace(world: World, body: JsonObject, now: number, switches: Switches): JsonObject {
  const taskId = text(body, 'TaskID')
  const user = userByName(text(body, 'UserID'))
  if (user === null) throw new Refusal(90103)
  const known = knownAt(now, switches)
  const rows = recent(taskId, known) ? taskRows(world, taskId, known) : null
  const mine = rows === null ? [] : filterRows(rows, (i) => userOf(rows.device[i] ?? 0) === user)
  return answer(world, mine, known, switches, true)
}

/** Answers normal_push_trace (page 71896). Messages sent only through the online channel are not recorded. */
export function chatTrace(world: World, body: JsonObject, now: number, switches: Switches): JsonObject {
  const pushId = text(body, 'PushID')
  const known = knownAt(now, switches)
  const mine = recent(pushId, known) ? messageRows(world, pushId) : []
  return answer(world, mine.some(({ platform }) => platform > 0) ? mine : [], known, switches, false)
}

/** Returns whether the push is known and recent enough to be traced. */
function recent(id: string, known: number): boolean {
  const at = secondsIn(id)
  return at !== null && at <= known && at >= known - HORIZON
}

function messageRows(world: World, pushId: string): Row[] {
  const at = secondsIn(pushId) ?? 0
  const { chat } = world.day(dayOf(at))
  return filterRows(chat, (i) => {
    if (chat.at[i] !== at) return false
    return pushIdOf(world.seed, at, chat.push[i] ?? 0, userOf(chat.device[i] ?? 0)) === pushId
  })
}

function filterRows(rows: Rows, wanted: (i: number) => boolean): Row[] {
  const picked: Row[] = []
  for (let i = 0; i < rows.length; i++) if (wanted(i)) picked.push(rows.row(i))
  return picked
}

function answer(world: World, rows: Row[], known: number, switches: Switches, channels: boolean): JsonObject {
  const seen = rows.filter(({ at }) => at <= known)
  const devices = [...new Set(seen.map(({ device }) => device))]
  const east = offsetSeconds(switches.utcOffset)
  const traces = devices.map((device) => {
    const own = seen.filter((row) => row.device === device)
    return instanceTrace(world.devices, own, { known, east, channels })
  })
  return succeeded({ InstanceTrace: traces })
}
