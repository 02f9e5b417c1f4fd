import { expect, test } from 'vitest'
import type { KnownVendor } from '@/lib/contract/vendors'
import { explain } from './explain'
import { saysUninstalled } from './uninstalled'

const judge = (vendor: KnownVendor, code: string, text: string) =>
  saysUninstalled(text, explain({ stage: 'post_send', vendor, channel: 'offline', code, text }))

test.each<[KnownVendor, string, string, boolean]>([
  ['huawei', '2', '', true],
  ['honor', '2', 'app not installed', true],
  ['xiaomi', '987', '设备已卸载应用', true],
  ['vivo', '', 'APP_NOT_INSTALLED', true],
  ['oppo', '7', 'AppUninstalled', true],
  ['meizu', '7', '该设备未安装此应用', true],
  ['fcm', '404', 'UNREGISTERED', false],
  ['apns', '410', 'Unregistered', false],
  ['vivo', '10302', 'regId illegal (does not exist, uninstalled, data cleared)', false],
  ['huawei', '201', '', false],
  ['huawei', '5', '', false],
  ['xiaomi', '10029', 'device uninstalled or expired', false],
])('%s %s %s: uninstalled %s', (vendor, code, text, expected) => {
  expect(judge(vendor, code, text)).toBe(expected)
})
