import type { Devices } from '../../world/devices'
import { describeDevice } from '../../world/models'
import { reasonAt } from '../../world/reasons'
import type { Row } from '../../world/rows'
import { HONOR, MEIZU } from '../../world/vendors'
import type { JsonObject } from '../answers'

interface Reading {
  /** The last second whose events are visible. */
  known: number
  /** UTC offset of the written times, in seconds east. */
  east: number
  /** Whether to include EventType. */
  channels: boolean
}

/** Builds the trace of one device from its one or two rows (online, vendor). */
export function instanceTrace(devices: Devices, rows: Row[], reading: Reading): JsonObject {
  const online = rows.find(({ platform }) => platform === 0)
  const offline = rows.find(({ platform }) => platform > 0)
  const { device = 0, at = 0 } = offline ?? online ?? {}
  return {
    InstanceId: devices.instance(device),
    PushTime: zoneless(at, reading.east),
    ...about(devices, device),
    ...(reading.channels ? { EventType: offline ? 1 : 2 } : {}),
    PushPlatform: offline?.platform ?? 0,
    last_active_terminal: device % 2 === 0 ? 1 : 0,
    IMCommitStat: { IMStat: done(at, reading) },
    ...(offline ? { OfflinePushStat: vendorStages(offline, reading) } : {}),
    ...(online ? { OnlinePushStat: onlineStages(online, reading) } : {}),
  }
}

/** Describes a device. A bare device reports nothing about itself, as in the documented trace of an iPhone. */
function about(devices: Devices, device: number): JsonObject {
  const it = describeDevice(devices.platform(device), (n) => devices.trait(device, n))
  const bare = devices.bare(device)
  return {
    DeviceModel: bare ? '' : it.model,
    System: bare ? 'APNS' : it.system,
    SystemVersion: bare ? '' : it.systemVersion,
    Token: bare || devices.tokenMissing(device) ? '' : devices.token(device),
    CertId: bare || devices.certMissing(device) ? '0' : String(31_000 + devices.platform(device)),
    SdkVersion: bare ? '' : it.sdk,
    PushVersion: bare ? '' : it.sdk,
    NotificationStatus: bare || devices.muted(device) ? 0 : 1,
  }
}

type Stages = Record<string, JsonObject | null>

function vendorStages(row: Row, reading: Reading): JsonObject {
  const reason = row.reason > 0 ? reasonAt(row.reason) : null
  const failure = failed(row, reading)
  const refused = reason?.where === 'before'
  const stages: Stages = {
    OfflineStat: refused ? failure : done(row.at, reading),
    ChannelStat: refused ? null : reason?.where === 'vendor' ? failure : done(row.at, reading),
    DeviceStat: reason?.where === 'device' ? failure : done(row.deliveredAt, reading),
    ClickStat: done(row.clickedAt, reading),
  }
  return present(stages, row.platform === MEIZU || row.platform === HONOR)
}

function onlineStages(row: Row, reading: Reading): JsonObject {
  return present({ ChannelStat: done(row.at, reading), DeviceStat: done(row.deliveredAt, reading) }, false)
}

/** Omits stages without a record or, for some vendors, gives them empty. Real traces show both. */
function present(stages: Stages, empty: boolean): JsonObject {
  const entries = Object.entries(stages).map(([name, stage]) => [name, stage ?? (empty ? EMPTY : null)])
  return Object.fromEntries(entries.filter(([, stage]) => stage !== null))
}

const EMPTY: JsonObject = { PushStatus: 0, ErrorCode: 0, ErrorInfo: '', EventTime: '' }

function done(at: number, { known, east }: Reading): JsonObject | null {
  if (at === 0 || at > known) return null
  return { PushStatus: 1, ErrorCode: 0, ErrorInfo: 'success', EventTime: zoneless(at, east) }
}

function failed({ reason, lostAt }: Row, { known, east }: Reading): JsonObject | null {
  if (reason === 0 || lostAt > known) return null
  const { number, text } = reasonAt(reason)
  return { PushStatus: 2, ErrorCode: number, ErrorInfo: text, EventTime: zoneless(lostAt, east) }
}

/** Formats an epoch second as "YYYY-MM-DD HH:mm:ss" at a UTC offset, in seconds east. */
function zoneless(at: number, east: number): string {
  return new Date((at + east) * 1_000).toISOString().slice(0, 19).replace('T', ' ')
}
