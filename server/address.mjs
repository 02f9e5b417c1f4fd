// @ts-check
import { isIP } from 'node:net'

/**
 * Returns the client's address: the socket's address or, with trusted proxies, the entry that the outermost one wrote.
 * Each hop appends its caller's address, so entries further left come from the client and cannot be trusted.
 * @param {string | undefined} remoteAddress
 * @param {string | undefined} forwardedFor every x-forwarded-for header, joined by commas
 * @param {number} trustProxy number of trusted proxies
 * @returns {string} an IP address, or `unknown` if the socket is closed
 */
export function clientAddress(remoteAddress, forwardedFor, trustProxy) {
  if (trustProxy > 0 && forwardedFor) {
    const hops = forwardedFor.split(',')
    const named = plain(hops[Math.max(0, hops.length - trustProxy)] ?? '')
    if (isIP(named)) return named
  }
  return remoteAddress && isIP(plain(remoteAddress)) ? plain(remoteAddress) : 'unknown'
}

/**
 * Removes brackets, port, zone and the IPv6 prefix of an IPv4 address.
 * @param {string} text
 */
function plain(text) {
  const bare = text.trim().replace(/^\[([^\]]*)\](:\d+)?$/, '$1')
  return bare
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1')
    .replace(/^::ffff:(?=\d+\.)/i, '')
    .replace(/%.*$/, '')
}
