import { MAX_RECENTS } from '@/lib/contract/limits'
import type { LookupLinkReply, RecentsReply } from '@/lib/contract/lookup-text'
import { post } from './api'

/** One recent look-up of this browser: its sealed address, and its name, which only the same person can open. */
export type Recent = NonNullable<LookupLinkReply['recent']> & { href: string; at: number }

const PREFIX = 'pushlens.recent.'

export function recents(who: string): Recent[] {
  try {
    const held: unknown = JSON.parse(localStorage.getItem(PREFIX + who) ?? '[]')
    return Array.isArray(held) ? held.filter(isRecent).slice(0, MAX_RECENTS) : []
  } catch {
    return []
  }
}

const isRecent = (one: Partial<Recent> | null): one is Recent =>
  typeof one?.href === 'string' && one.href.startsWith('/') && typeof one.sealed === 'string'

/** Returns the names of look-ups in their order; null where the server does not open them for this person. */
export async function recentLabels(app: string, list: Recent[]): Promise<(string | null)[]> {
  const path = `/api/v1/apps/${encodeURIComponent(app)}/traces/recent`
  const { labels } = await post<RecentsReply>(path, { sealed: list.map(({ sealed }) => sealed) })
  return labels
}

/** Stores a look-up as the newest, each once. A browser that stores nothing is no error. */
export function remember({ who, recent, href }: LookupLinkReply, at: number): void {
  if (!recent) return
  const others = recents(who).filter(({ id }) => id !== recent.id)
  store(who, [{ ...recent, href, at }, ...others].slice(0, MAX_RECENTS))
}

export function forget(who: string, href: string): void {
  store(
    who,
    recents(who).filter((one) => one.href !== href),
  )
}

/** Forgets all at sign-out, so that the next person finds nothing. */
export function forgetAll(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key)
  } catch {
    // A browser that stores nothing has nothing to forget.
  }
}

function store(who: string, list: Recent[]): void {
  try {
    localStorage.setItem(PREFIX + who, JSON.stringify(list))
  } catch {
    // Storage is full or off. The look-up itself continues.
  }
}
