import 'server-only'
import { isIPv4, isIPv6 } from 'node:net'

/**
 * Returns the block by which attempts are counted: an IPv4 address, or the /64 of an IPv6 address, which one visitor
 * owns.
 */
export function addressBlock(address: string): string {
  const plain = unmapped(address)
  return isIPv6(plain) ? `${groupsOf(plain).slice(0, 4).join(':')}::/64` : plain
}

/**
 * Returns the network that the audit stores: the /24 of an IPv4 address, the /48 of an IPv6 address, so that no entry names
 * one device. Null for anything else.
 */
export function networkOf(address: string): string | null {
  const plain = unmapped(address)
  if (isIPv4(plain)) return `${plain.split('.').slice(0, 3).join('.')}.0/24`
  return isIPv6(plain) ? `${groupsOf(plain).slice(0, 3).join(':')}::/48` : null
}

/** Returns the IPv4 address inside of an IPv6 address, and any other address as it is. */
function unmapped(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address
}

/** Returns the eight groups of an IPv6 address, without leading zeros. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right]
  return groups.map((group) => Number.parseInt(group, 16).toString(16))
}
