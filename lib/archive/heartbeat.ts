import 'server-only'
import type { Store } from '@/lib/store/store'

/** The state of the collector at `at` (epoch seconds, data time), for replicas that do not collect. */
export interface Heartbeat {
  at: number
  /** The collector's lag per app, in seconds. */
  lagS: Record<string, number>
}

const SETTING = 'collector'
export const HEARTBEAT_EVERY_S = 60
/** Without a heartbeat for this long, no process collects. */
const SILENT_S = 5 * HEARTBEAT_EVERY_S

type Settings = Store['settings']

export function writeHeartbeat(settings: Pick<Settings, 'set'>, heartbeat: Heartbeat): Promise<void> {
  return settings.set(SETTING, JSON.stringify(heartbeat))
}

/** Returns the last heartbeat, or null when no process has collected recently. */
export async function readHeartbeat(settings: Pick<Settings, 'get'>, nowS: number): Promise<Heartbeat | null> {
  const text = await settings.get(SETTING)
  // Only `writeHeartbeat` writes this setting.
  const heartbeat = text === null ? null : (JSON.parse(text) as Heartbeat)
  return heartbeat && Math.abs(nowS - heartbeat.at) < SILENT_S ? heartbeat : null
}
