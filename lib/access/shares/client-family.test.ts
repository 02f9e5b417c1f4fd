import { expect, test } from 'vitest'
import { clientFamily } from './client-family'

const ANDROID = 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko)'

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox'],
  [`${ANDROID} Chrome/140.0.0.0 Mobile Safari/537.36`, 'Chrome'],
  [`${ANDROID} Chrome/140.0.0.0 Mobile Safari/537.36 EdgA/140.0`, 'Edge'],
  [`${ANDROID} SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36`, 'Samsung Internet'],
  [`${ANDROID} Chrome/126.0 Mobile Safari/537.36 MicroMessenger/8.0.50`, 'WeChat'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1', 'Safari'],
  ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'Bot'],
  ['curl/8.9.1', 'curl'],
  ['something else', 'Other'],
  ['', 'Other'],
  [null, 'Other'],
  [`${'x'.repeat(600)} Firefox/1`, 'Other'],
])('%s is %s', (agent, family) => {
  expect(clientFamily(agent)).toBe(family)
})
