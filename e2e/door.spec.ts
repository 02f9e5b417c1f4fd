import { corpus } from '../server/testing/corpus.mjs'
import { answerProblem, send } from '../server/testing/replay.mjs'
import { expect, test } from './testing/fixtures'

/** Replays the corpus against the built app: the door refuses every hostile request and leaks nothing. */
test('hostile requests are refused in front of the built app', async ({ url }) => {
  const { host, origin, port } = new URL(url)
  const faults: string[] = []
  for (const replay of corpus({ host, origin })) {
    const wrong = answerProblem(replay, await send(Number(port), replay.raw))
    if (wrong) faults.push(`${replay.name}: ${wrong}`)
  }
  expect(faults).toEqual([])
})

test('every page, including error pages, has a nonce and no inline script', async ({ as, url }) => {
  const page = await as('viewer')
  const blocked: string[] = []
  await page.exposeFunction('blocked', (what: string) => blocked.push(what))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      ;(window as unknown as { blocked(what: string): void }).blocked(`${event.violatedDirective} ${event.blockedURI}`)
    })
  })
  for (const path of ['/', '/lookup', '/?range=forever', '/?app=none']) {
    const answer = await page.goto(path)
    expect(answer?.headers()['content-security-policy']).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'/)
    await page.waitForLoadState('networkidle')
  }
  const missing = await page.request.get(`${url}/nowhere`)
  expect(missing.status()).toBe(404)
  const nonce = /'nonce-([^']+)'/.exec(missing.headers()['content-security-policy'] ?? '')?.[1]
  const scripts = (await missing.text()).match(/<script\b[^>]*>/g) ?? []
  expect(scripts.length).toBeGreaterThan(0)
  expect(scripts.filter((script) => !script.includes(`nonce="${nonce}"`))).toEqual([])
  expect(blocked).toEqual([])
})
