import 'server-only'
import type { AppReply } from '@/lib/contract/apps'
import type { Role } from '@/lib/contract/roles'
import type { AppRow } from '@/lib/store/people/apps'

/** Returns the app as the person with this role sees it. */
export function appReply(app: AppRow, role: Role): AppReply {
  const { id, sdkAppId, name, region, origin, demo } = app
  return { id, sdkAppId, name, region, origin, demo, role, utcOffset: offsetText(app.utcOffsetMin) }
}

/** Returns minutes east of UTC as `+08:00`. */
export function offsetText(minutes: number): string {
  const part = (value: number) => String(value).padStart(2, '0')
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${part(Math.floor(size / 60))}:${part(size % 60)}`
}
