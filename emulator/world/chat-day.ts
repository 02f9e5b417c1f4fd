import { HOUR, startOf, TRAFFIC_BY_HOUR, weekday } from './calendar'
import { USERS, userOf } from './devices'
import { onlineOutcome, type SendContext, vendorOutcome } from './outcome'
import { Rows } from './rows'

/** Messages per user and day. */
const MESSAGES = 21_000 / USERS
const BY_WEEKDAY = [0.82, 1.06, 1.02, 1, 1.01, 1.08, 0.88]

/** Generates the chat messages of one local day, in order of time. Rows of one message are adjacent. */
export function chatOf(day: number, world: SendContext): Rows {
  const { random, devices } = world
  const messages = Math.round(
    MESSAGES * devices.users * (BY_WEEKDAY[weekday(day)] ?? 1) * (0.93 + 0.14 * random.next()),
  )
  const times = new Uint32Array(messages)
  for (let i = 0; i < messages; i++)
    times[i] = startOf(day) + random.weighted(TRAFFIC_BY_HOUR) * HOUR + random.int(0, HOUR)
  times.sort()

  const rows = new Rows(messages * 3)
  times.forEach((at, push) => {
    const device = random.int(0, devices.users) * 2
    const online = random.chance(0.05)
    if (online) rows.add({ at, device, platform: 0, push, ...onlineOutcome(at, world) })
    if (!online || random.chance(0.3)) {
      rows.add({ at, device, platform: devices.platform(device), push, ...vendorOutcome(device, at, world) })
    }
    const second = device + 1
    if (userOf(second) === userOf(device) && devices.platform(second) > 0 && random.chance(0.35)) {
      rows.add({ at, device: second, platform: devices.platform(second), push, ...vendorOutcome(second, at, world) })
    }
  })
  return rows.trim()
}
