import 'server-only'
import { BlockList, isIP } from 'node:net'

/** IPv4 ranges that are not public: private, shared (CGNAT), loopback, link-local, documentation, multicast, reserved. */
const PRIVATE_4: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]

/** Parts of 2000::/3, the only routed IPv6 range, that are not public: Teredo, documentation, 6to4, documentation. */
const PRIVATE_6: [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const private4 = blockList(PRIVATE_4, 'ipv4')
const private6 = blockList(PRIVATE_6, 'ipv6')
const routed6 = blockList([['2000::', 3]], 'ipv6')
const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

function blockList(subnets: [string, number][], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const [net, prefix] of subnets) list.addSubnet(net, prefix, family)
  return list
}

/** Returns whether an address is public. Mapped, NAT64, ULA and link-local addresses are outside 2000::/3, so they are not. */
export function isPublic(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !private4.check(address, 'ipv4')
  return family === 6 && !address.includes('%') && routed6.check(address, 'ipv6') && !private6.check(address, 'ipv6')
}

export function isLoopbackAddress(address: string): boolean {
  const family = isIP(address)
  return family !== 0 && !address.includes('%') && loopback.check(address, family === 4 ? 'ipv4' : 'ipv6')
}
