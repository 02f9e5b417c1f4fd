import 'server-only'
import type { AppReply } from '@/lib/contract/apps'
import { mayRole, type Role } from '@/lib/contract/roles'
import type { Context } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'
import { stopNote } from './freshness'

/** Returns the app as the person with this role sees it. */
export function appReply(app: AppRow, role: Role): AppReply {
  const { id, sdkAppId, name, region, origin, demo, channelNames } = app
  const channels = Object.keys(channelNames).length > 0 ? { channels: channelNames } : {}
  return { id, sdkAppId, name, region, origin, demo, role, utcOffset: offsetText(app.utcOffsetMin), ...channels }
}

/** Returns the app with its settings if the role administers it. */
export function managedApp({ givenApp }: Pick<Context, 'givenApp'>, app: AppRow, role: Role): AppReply {
  const reply = appReply(app, role)
  if (!mayRole(role, 'admin')) return reply
  const at = (second: number) => new Date(second * 1_000).toISOString()
  const settings = {
    adminId: app.adminId,
    fingerprint: app.key.fingerprint,
    draft: app.draft,
    fixed: app.id === givenApp,
    connectedAt: at(app.createdAt),
    pausedAt: app.pausedAt === null ? null : at(app.pausedAt),
    collectsFrom: app.fillFrom === null ? null : at(app.fillFrom),
    problem: app.stopped && stopNote(app.stopped),
  }
  return { ...reply, settings }
}

/** Returns `+08:00` in minutes east of UTC. */
export function offsetMinutes(text: string): number {
  const [hours = 0, minutes = 0] = text.slice(1).split(':').map(Number)
  return (hours * 60 + minutes) * (text.startsWith('-') ? -1 : 1)
}

/** Returns minutes east of UTC as `+08:00`. */
export function offsetText(minutes: number): string {
  const part = (value: number) => String(value).padStart(2, '0')
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${part(Math.floor(size / 60))}:${part(size % 60)}`
}
