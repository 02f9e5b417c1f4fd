import 'server-only'
import type { DeviceRecord } from '@/lib/contract/records'
import { offsetFrom, otherOffset } from '@/lib/report/collect/probe'
import { hintsOf } from '@/lib/report/ids/id-hints'
import type { AppRow } from '@/lib/store/people/apps'
import type { Store } from '@/lib/store/store'

/** The offsets found by the last look-ups, by a hash of the IDs. */
type SeenOffsets = { key: string; offsetMin: number }[]

const SAMPLES = 3

type Settings = Pick<Store['settings'], 'get' | 'set'>

const setting = (appId: string) => `offset:${appId}`

async function readSamples(settings: Settings, appId: string): Promise<SeenOffsets> {
  // Only `noteOffset` writes this setting.
  return JSON.parse((await settings.get(setting(appId))) ?? '[]') as SeenOffsets
}

/** Compares the second in an ID with the zoneless time of its push, and stores the offset between them. */
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
  const before = await readSamples(settings, app.id)
  const key = keyHash.slice(0, 12)
  if (before.some((one) => one.key === key && one.offsetMin === offsetMin)) return
  const seen = [...before.filter((one) => one.key !== key), { key, offsetMin }].slice(-SAMPLES)
  await settings.set(setting(app.id), JSON.stringify(seen))
}

/** Returns the offset in minutes that three look-ups agree on, if it is not the app's; else null. */
export async function seenOffset(settings: Settings, app: Pick<AppRow, 'id' | 'utcOffsetMin'>): Promise<number | null> {
  const seen = await readSamples(settings, app.id)
  return otherOffset(
    seen.map(({ offsetMin }) => offsetMin),
    app.utcOffsetMin,
  )
}
