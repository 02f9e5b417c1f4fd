import 'server-only'
import type { Store } from '@/lib/store/store'

/** How collecting stood at a second of the data's clock, for replicas that do not collect themselves. */
export interface Standing {
  at: number
  /** How late the collector is, per app. */
  lagS: Record<string, number>
}

const SETTING = 'collector'
export const TELL_S = 60
/** Not heard of for so long: nobody collects. */
const SILENT_S = 5 * TELL_S

type Settings = Store['settings']

export function tellStanding(settings: Pick<Settings, 'set'>, standing: Standing): Promise<void> {
  return settings.set(SETTING, JSON.stringify(standing))
}

/** Null where nobody has collected lately. */
export async function heardStanding(settings: Pick<Settings, 'get'>, nowS: number): Promise<Standing | null> {
  const text = await settings.get(SETTING)
  // Only `tellStanding` writes this setting.
  const standing = text === null ? null : (JSON.parse(text) as Standing)
  return standing && Math.abs(nowS - standing.at) < SILENT_S ? standing : null
}
