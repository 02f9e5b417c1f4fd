import { SDK_APP_ID } from './testing/emulator-process'
import { expect, signIn, test } from './testing/fixtures'

/** Invalid input to every route answers 4xx with a documented code and no stack trace, and the server keeps running. */
const APP = `/api/v1/apps/${SDK_APP_ID}`
const LONG = 'x'.repeat(3_000)
const BAD_RANGES = [
  'range=forever',
  'from=yesterday',
  'from=2026-13-01',
  'from=2026-11-20&to=2026-11-01',
  'range=7d&from=1',
  'tz=Mars/Base',
  'from=1&to=2000000000',
  `tz=${LONG}`,
  'to=',
  'from=NaN',
  'from=2026-11-01&from=2026-11-02',
]
const BAD: string[] = [
  ...BAD_RANGES.flatMap((query) => [`${APP}/funnel?${query}`, `${APP}/losses?${query}`]),
  `${APP}/funnel?source=mail`,
  `${APP}/funnel?sauce=task`,
  `${APP}/funnel?interval=minute`,
  `${APP}/funnel?vendors=2`,
  `${APP}/funnel?task=${LONG}`,
  `${APP}/funnel?${Array.from({ length: 21 }, (_, i) => `task=t${i}`).join('&')}`,
  `${APP}/losses?task=${Array.from({ length: 21 }, (_, i) => `t${i}`).join(',')}`,
  `${APP}/losses?compare=year`,
  `${APP}/status?x=1`,
  ...['sort=size', 'limit=0', 'limit=10001', 'cursor=x', 'tag=a,b', 'q=%07', `q=${LONG}`, 'x=1'].map(
    (query) => `${APP}/tasks?${query}`,
  ),
  `${APP}/traces`,
  `${APP}/traces?pushId=`,
  `${APP}/traces?pushId=a%00b`,
  `${APP}/losses?vendor=%1b`,
  `${APP}/traces?taskId=a`,
  `${APP}/traces?userId=a`,
  `${APP}/traces?pushId=a&taskId=b&userId=c`,
  `${APP}/traces?taskId=a&userId=${'한'.repeat(11)}`,
  '/api/v1/apps?x=1',
  '/api/v1/apps/none/funnel',
  '/api/v1/apps/%00/funnel',
  `/api/v1/apps/${'9'.repeat(500)}/funnel`,
  `${APP}/__proto__`,
  '/api/v1/nothing',
  '/api/auth/session',
  '/api/auth/providers',
]
const BODIES: [string, string, number][] = [
  ['not JSON', '{', 400],
  ['nothing', '', 400],
  ['a list', '[]', 400],
  ['null', 'null', 400],
  ['a number for an ID', '{"pushId":1}', 400],
  ['an unknown key', '{"pushId":"a","x":1}', 400],
  ['a prototype', '{"__proto__":{"pushId":"a"}}', 400],
  ['deep nesting', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, 400],
  ['a too large body', JSON.stringify({ pushId: 'x'.repeat(70_000) }), 413],
]

test('every invalid address answers 4xx with a code', async ({ request, url }) => {
  await signIn(request, url, 'admin')
  for (const path of BAD) {
    const answer = await request.get(url + path, { maxRedirects: 0 })
    const text = await answer.text()
    expect.soft(answer.status(), path).toBeGreaterThanOrEqual(400)
    expect.soft(answer.status(), path).toBeLessThan(500)
    expect.soft(text, path).not.toMatch(/\bat \S+ \(|node_modules|\.next/)
    if (path.startsWith(APP)) expect.soft(JSON.parse(text).code, path).toBeTruthy()
  }
  expect((await request.get(`${url}/readyz`)).status()).toBe(200)
})

test('every invalid body answers 4xx with a code', async ({ request, url }) => {
  await signIn(request, url, 'admin')
  for (const [name, data, status] of BODIES) {
    for (const path of [`${APP}/traces/lookup`, '/api/v1/setup']) {
      const answer = await request.post(url + path, {
        data: Buffer.from(data),
        headers: { origin: url, 'content-type': 'application/json' },
      })
      expect.soft(answer.status(), `${path} with ${name}`).toBe(status)
      expect.soft((await answer.json()).code, `${path} with ${name}`).toBeTruthy()
    }
  }
  const form = await request.post(`${url}${APP}/traces/lookup`, { form: { pushId: 'a' }, headers: { origin: url } })
  expect([form.status(), (await form.json()).code]).toEqual([415, 'not_json'])
})

test('a page with invalid parameters shows a message, not a server error', async ({ as }) => {
  const page = await as('admin')
  for (const path of [
    '/?range=forever',
    '/?from=2026-11-20&to=2026-11-01',
    '/?app=none',
    '/?source=mail',
    '/lookup?taskId=a',
  ]) {
    const answer = await page.goto(path)
    expect.soft(answer?.status(), path).toBeLessThan(500)
    await expect.soft(page.locator('main')).toBeVisible()
  }
})
