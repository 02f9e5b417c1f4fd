const SHOWN_FROM = 12

/** First 4 and last 2 characters, enough to compare two tokens by eye; a short one is hidden whole, none stays ''. */
export function maskToken(token: string): string {
  if (token === '') return ''
  return token.length < SHOWN_FROM ? '…' : `${token.slice(0, 4)}…${token.slice(-2)}`
}

/** Enough of a UserID to know one's own look-up again, and not enough to know the person. */
export function maskUser(userId: string): string {
  const letters = [...userId]
  return letters.length < 4 ? '…' : `${letters.slice(0, 2).join('')}…${letters.at(-1)}`
}

/** The time of sending and the end of a PushID or TaskID. */
export function shortId(id: string): string {
  return id.length < 24 ? id : `${/^(?:batch_)?\w{8}/.exec(id)?.[0] ?? id.slice(0, 8)}…${id.slice(-4)}`
}
