/** Returns whether a text is an origin that may show a link in a frame: https, or http on loopback; no path, no wildcard. */
export function isFrameOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, origin: own } = new URL(text)
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  return own === text && (protocol === 'https:' || (protocol === 'http:' && loopback))
}
