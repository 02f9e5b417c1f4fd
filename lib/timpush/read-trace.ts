import 'server-only'
import type { DeviceRecord } from '@/lib/contract/records'
import type { Entry } from './entries'
import { countOrNull, field, listOf, objectsOf, type Quarantine } from './fields'
import { type Place, placeIn, stageOf, textAt, timeAt } from './read-stage'
import { carrierOf } from './subject'

const LIST = 'InstanceTrace'

export const TRACE_FIELDS: readonly string[] = [LIST]

/** Reads the devices of a trace. Tencent returns an empty list for "not found" (upstream pages 71893, 71896). */
export function readTrace(entries: Entry[], utcOffsetMin: number, notes: Quarantine): DeviceRecord[] {
  return entries.flatMap(({ fields, path }) => {
    const here = path + LIST
    const list = listOf(field(fields, LIST), here, notes) ?? []
    return objectsOf(list, here, notes).map((item) => readDevice({ ...item, utcOffsetMin, notes }))
  })
}

/** Keeps a device even if parts of it are unreadable, because support needs to see that it exists. */
function readDevice(at: Place): DeviceRecord {
  const { fields, path, notes } = at
  const pushed = timeAt(at, 'PushTime')
  const carrier = carrierOf(fields, path, notes)
  const lastActive = field(fields, 'last_active_terminal', 'LastActiveTerminal')
  return {
    instance: textAt(at, 'InstanceId'),
    pushedAt: pushed.at,
    pushedAtText: pushed.text,
    model: textAt(at, 'DeviceModel'),
    system: textAt(at, 'System'),
    systemVersion: textAt(at, 'SystemVersion'),
    vendor: carrier?.vendor ?? 'unknown',
    channel: carrier?.channel ?? null,
    token: textAt(at, 'Token'),
    certId: textAt(at, 'CertId'),
    sdkVersion: textAt(at, 'SdkVersion'),
    pluginVersion: textAt(at, 'PushVersion'),
    notifications: countOrNull(field(fields, 'NotificationStatus'), `${path}.NotificationStatus`, notes),
    lastActive: flagOf(lastActive, `${path}.last_active_terminal`, notes),
    ...readStages(at),
  }
}

function readStages(at: Place): Pick<DeviceRecord, 'im' | 'offline' | 'online'> {
  const im = placeIn(at, 'IMCommitStat')
  const offline = placeIn(at, 'OfflinePushStat')
  const online = placeIn(at, 'OnlinePushStat')
  return {
    im: im && stageOf(im, 'IMStat'),
    offline: offline && {
      offline: stageOf(offline, 'OfflineStat'),
      channel: stageOf(offline, 'ChannelStat'),
      device: stageOf(offline, 'DeviceStat'),
      click: stageOf(offline, 'ClickStat'),
    },
    online: online && {
      channel: stageOf(online, 'ChannelStat'),
      device: stageOf(online, 'DeviceStat'),
    },
  }
}

function flagOf(value: unknown, path: string, notes: Quarantine): boolean | null {
  if (typeof value === 'boolean') return value
  const number = countOrNull(value, path, notes)
  return number === null ? null : number > 0
}
