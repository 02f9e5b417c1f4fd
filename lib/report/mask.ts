const SHOWN_FROM = 12

/** First 4 and last 2 characters, enough to compare two tokens by eye; a short one is hidden whole, none stays ''. */
export function maskToken(token: string): string {
  if (token === '') return ''
  return token.length < SHOWN_FROM ? '…' : `${token.slice(0, 4)}…${token.slice(-2)}`
}
