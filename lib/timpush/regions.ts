import 'server-only'
import type { Region } from '@/lib/contract/sources'

/** The only hosts ever called (upstream page 45933 and the endpoints' own); an override comes from the environment alone. */
const HOSTS: Record<Region, string> = {
  china: 'console.tim.qq.com',
  singapore: 'adminapisgp.im.qcloud.com',
  seoul: 'adminapikr.im.qcloud.com',
  tokyo: 'adminapijpn.im.qcloud.com',
  frankfurt: 'adminapiger.im.qcloud.com',
  siliconvalley: 'adminapiusa.im.qcloud.com',
  jakarta: 'adminapiidn.im.qcloud.com',
}

/** Without a slash at its end. */
export function baseUrlOf(region: Region, override: string | null): string {
  if (override === null) return `https://${HOSTS[region]}`
  return override.endsWith('/') ? override.slice(0, -1) : override
}
