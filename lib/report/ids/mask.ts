const SHOWN_FROM = 12

/**
 * Keeps the first 4 and last 2 characters, enough to compare two tokens by eye. A short token is hidden completely; an
 * empty one stays ''.
 */
export function maskToken(token: string): string {
  if (token === '') return ''
  return token.length < SHOWN_FROM ? '…' : `${token.slice(0, 4)}…${token.slice(-2)}`
}

/** Shortens a PushID or TaskID to its time of sending and its last 4 characters. */
export function shortId(id: string): string {
  return id.length < 24 ? id : `${/^(?:batch_)?\w{8}/.exec(id)?.[0] ?? id.slice(0, 8)}…${id.slice(-4)}`
}
