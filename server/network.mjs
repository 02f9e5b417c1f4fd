// @ts-check
import { BlockList, isIP } from 'node:net'

/** @param {[string, number, 'ipv4' | 'ipv6'][]} subnets */
function blockList(subnets) {
  const list = new BlockList()
  for (const [net, prefix, family] of subnets) list.addSubnet(net, prefix, family)
  return list
}

const LOOPBACK = blockList([
  ['127.0.0.0', 8, 'ipv4'],
  ['::1', 128, 'ipv6'],
])
const PRIVATE = blockList([
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['fc00::', 7, 'ipv6'],
])
const LINK_LOCAL = blockList([
  ['169.254.0.0', 16, 'ipv4'],
  ['fe80::', 10, 'ipv6'],
])
/** Names that no public DNS server answers: of one label, as in a container network, or below a private domain. */
const PRIVATE_NAME = /^[^.]+$|\.(?:internal|intranet|lan|local|home\.arpa)$/

/**
 * @param {BlockList} list
 * @param {URL} url
 */
function holds(list, { hostname }) {
  const host = hostname.replace(/^\[|\]$/g, '')
  const family = isIP(host)
  return family !== 0 && list.check(host, family === 4 ? 'ipv4' : 'ipv6')
}

/** @param {URL} url */
export function isLoopback(url) {
  return url.hostname === 'localhost' || holds(LOOPBACK, url)
}

/**
 * Returns whether the address is only reachable inside a network.
 * @param {URL} url
 */
export function isPrivate(url) {
  return (
    holds(PRIVATE, url) ||
    (isIP(url.hostname) === 0 && !url.hostname.startsWith('[') && PRIVATE_NAME.test(url.hostname))
  )
}

/**
 * Returns the origin under which a Host header names a private or loopback IP address; null for names, other addresses and
 * odd notations. No other site can make a browser send such a Host, as it could with a name of its own.
 * @param {string} host in lower case, with its port
 */
export function privateOrigin(host) {
  const url = URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : null
  if (!url || url.host !== host || isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0) return null
  return holds(LOOPBACK, url) || holds(PRIVATE, url) ? url.origin : null
}

/**
 * Returns whether the address is link-local. Clouds answer there with the machine's own credentials.
 * @param {URL} url
 */
export function isLinkLocal(url) {
  return holds(LINK_LOCAL, url)
}

/**
 * Returns why a server may not be reached without TLS, or null. Plain http is for this machine, and for a private network
 * where somebody has allowed it.
 * @param {string} name the variable
 * @param {URL} url
 * @param {boolean} allowInsecure
 */
export function transportProblem(name, url, allowInsecure) {
  if (url.protocol === 'https:' || isLoopback(url)) return null
  if (!isPrivate(url)) return `${name} must start with https://, because other machines can read plain http`
  return allowInsecure ? null : `${name} is http on a private address: use https, or set ALLOW_INSECURE_HTTP=1`
}
