import 'server-only'
import type { Region } from '@/lib/contract/sources'

/** The only hosts we call (upstream page 45933 and the endpoints' pages). Only the environment can override them. */
const HOSTS: Record<Region, string> = {
  china: 'console.tim.qq.com',
  singapore: 'adminapisgp.im.qcloud.com',
  seoul: 'adminapikr.im.qcloud.com',
  tokyo: 'adminapijpn.im.qcloud.com',
  frankfurt: 'adminapiger.im.qcloud.com',
  siliconvalley: 'adminapiusa.im.qcloud.com',
  jakarta: 'adminapiidn.im.qcloud.com',
}

/** Returns the base URL without a trailing slash. */
export function baseUrlOf(region: Region, override: string | null): string {
  if (override === null) return `https://${HOSTS[region]}`
  return override.endsWith('/') ? override.slice(0, -1) : override
}
