import type { LookupLinkReply } from '@/lib/contract/lookup-text'

/** One recent look-up of this browser: its sealed address, and a label with masked IDs. */
export type Recent = NonNullable<LookupLinkReply['recent']> & { href: string; at: number }

const PREFIX = 'pushlens.recent.'
const MOST = 8

export function recents(who: string): Recent[] {
  try {
    const held: unknown = JSON.parse(localStorage.getItem(PREFIX + who) ?? '[]')
    return Array.isArray(held) ? held.filter((one) => typeof one?.href === 'string' && one.href.startsWith('/')) : []
  } catch {
    return []
  }
}

/** Stores a look-up as the newest, each label once. A browser that stores nothing is no error. */
export function remember({ who, recent, href }: LookupLinkReply, at: number): void {
  if (!recent) return
  const others = recents(who).filter(({ kind, label }) => kind !== recent.kind || label !== recent.label)
  store(who, [{ ...recent, href, at }, ...others].slice(0, MOST))
}

export function forget(who: string, href: string): Recent[] {
  const left = recents(who).filter((one) => one.href !== href)
  store(who, left)
  return left
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
