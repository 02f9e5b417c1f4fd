import 'server-only'
import { type AccessDeps, wallS } from './deps'

const SETTING = 'untrusted_proxy_at'
const NOTED_EVERY_S = 3_600
const SHOWN_FOR_S = 86_400

type Deps = Pick<AccessDeps, 'settings' | 'clock'>

/**
 * Notes that a request named a client by X-Forwarded-For although no proxy is trusted. Returns true at most once an hour,
 * for the log. The note is in the database, so that the System page, `doctor` and other replicas see it.
 */
export async function noteUntrusted(deps: Deps): Promise<boolean> {
  const nowS = wallS(deps.clock)
  const before = await lastSeen(deps)
  if (before !== null && nowS - before < NOTED_EVERY_S) return false
  await deps.settings.set(SETTING, String(nowS))
  return true
}

/** Returns since when this was last noted, in epoch seconds; null if not within a day. */
export async function untrustedProxyAt(deps: Deps): Promise<number | null> {
  const at = await lastSeen(deps)
  return at !== null && wallS(deps.clock) - at < SHOWN_FOR_S ? at : null
}

/** Forgets the note, at a start with trusted proxies. */
export async function forgetUntrusted(deps: Pick<Deps, 'settings'>): Promise<void> {
  if ((await deps.settings.get(SETTING)) !== null) await deps.settings.set(SETTING, '')
}

async function lastSeen({ settings }: Pick<Deps, 'settings'>): Promise<number | null> {
  const text = await settings.get(SETTING)
  return text ? Number(text) : null
}
