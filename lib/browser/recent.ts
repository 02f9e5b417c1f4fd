import type { LookupLinkReply } from '@/lib/contract/lookup-text'

/** One look-up this browser remembers: its sealed address, and a label in which people are masked. */
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

/** The newest first; the same label once. A browser that keeps nothing is no error. */
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

/** At sign-out: whoever sits down next finds nothing. */
export function forgetAll(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key)
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

function store(who: string, list: Recent[]): void {
  try {
    localStorage.setItem(PREFIX + who, JSON.stringify(list))
  } catch {
    // Full, or switched off: the look-up itself goes on.
  }
}
