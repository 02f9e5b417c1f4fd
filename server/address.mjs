// @ts-check
import { isIP } from 'node:net'

/**
 * The client's address: the socket's, or with trusted proxies the entry the outermost of them wrote. Each hop appends
 * the address it was called from, so anything further left was written by the client and is worth nothing.
 * @param {string | undefined} remoteAddress
 * @param {string | undefined} forwardedFor every x-forwarded-for header, joined by commas
 * @param {number} trustProxy number of proxies in front of us
 * @returns {string} an IP address, or `unknown` when the socket is gone
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
 * Without brackets, port, zone, or the prefix of an IPv4 address in an IPv6 socket.
 * @param {string} text
 */
function plain(text) {
  const bare = text.trim().replace(/^\[([^\]]*)\](:\d+)?$/, '$1')
  return bare
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1')
    .replace(/^::ffff:(?=\d+\.)/i, '')
    .replace(/%.*$/, '')
}
