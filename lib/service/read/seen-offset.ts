import 'server-only'
import type { DeviceRecord } from '@/lib/contract/records'
import { offsetFrom, otherOffset } from '@/lib/report/collect/probe'
import { hintsOf } from '@/lib/report/ids/id-hints'
import type { AppRow } from '@/lib/store/people/apps'
import type { Store } from '@/lib/store/store'

/** The last look-ups that told at which offset the upstream writes its times, by a hash of what was looked up. */
type Seen = { key: string; offsetMin: number }[]

const ENOUGH = 3

type Settings = Pick<Store['settings'], 'get' | 'set'>

const setting = (appId: string) => `offset:${appId}`

async function read(settings: Settings, appId: string): Promise<Seen> {
  // Only `noteOffset` writes this setting.
  return JSON.parse((await settings.get(setting(appId))) ?? '[]') as Seen
}

/** Compares the second in the ID that was looked up with the zoneless time its push was recorded at. */
export async function noteOffset(
  settings: Settings,
  app: Pick<AppRow, 'id' | 'utcOffsetMin'>,
  { id, keyHash }: { id: string; keyHash: string },
  devices: Pick<DeviceRecord, 'pushedAt'>[],
): Promise<void> {
  const { sentAt } = hintsOf(id)
  const pushedAt = devices.map((device) => device.pushedAt).find((at) => at !== null) ?? null
  const offsetMin = sentAt === null || pushedAt === null ? null : offsetFrom(pushedAt, sentAt, app.utcOffsetMin)
  if (offsetMin === null) return
  const before = await read(settings, app.id)
  const key = keyHash.slice(0, 12)
  if (before.some((one) => one.key === key && one.offsetMin === offsetMin)) return
  const seen = [...before.filter((one) => one.key !== key), { key, offsetMin }].slice(-ENOUGH)
  await settings.set(setting(app.id), JSON.stringify(seen))
}

/** In minutes, what three look-ups agree on where it is not what is set; else null. */
export async function seenOffset(settings: Settings, app: Pick<AppRow, 'id' | 'utcOffsetMin'>): Promise<number | null> {
  const seen = await read(settings, app.id)
  return otherOffset(
    seen.map(({ offsetMin }) => offsetMin),
    app.utcOffsetMin,
  )
}
