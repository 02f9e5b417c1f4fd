import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { formText, lookUpText } from './look-up-text'

const form = (...fields: [string, string][]) => {
  const data = new FormData()
  for (const [name, value] of fields) data.append(name, value)
  return data
}
const asked: unknown[] = []
const answer = (response: Response) =>
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked.push([path, JSON.parse(String(init.body))])
    return response
  })
beforeEach(() => {
  asked.length = 0
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
})
afterEach(() => vi.unstubAllGlobals())

test('pasted text is sent unchanged, a separate field with its name, the app not at all', () => {
  expect(formText(form(['app', '1'], ['q', 'any "text"\n2']))).toBe('any "text"\n2')
  expect(formText(form(['taskId', 'a_b'], ['userId', 'min "j" ji']))).toBe('taskId: "a_b"\nuserId: "min j ji"')
})

test('the text travels in the body, and the reply is the address to open', async () => {
  answer(Response.json({ href: '/lookup?k=s1.x', who: 'p', recent: null }))
  expect(await lookUpText('14001', form(['q', 'kim']))).toBe('/lookup?k=s1.x')
  expect(asked).toEqual([['/api/v1/apps/14001/traces/box', { text: 'kim' }]])
})

test('a text that is too long stays in the browser; the answer says that it is too long', async () => {
  for (const length of [20_000, 20_001]) {
    answer(Response.json({ href: '/lookup?k=s1.x', who: 'p', recent: null }))
    await lookUpText('14001', form(['q', 'x'.repeat(length)]))
  }
  expect(asked).toMatchObject([
    [expect.anything(), { text: 'x'.repeat(20_000) }],
    [expect.anything(), { text: '', cut: true }],
  ])
})

test('a signed-out person goes to the sign-in page; other errors are thrown', async () => {
  answer(Response.json({ code: 'not_signed_in' }, { status: 401 }))
  expect(await lookUpText('14001', form(['q', 'kim']))).toBe('/sign-in')
  answer(Response.json({ code: 'too_large' }, { status: 413 }))
  await expect(lookUpText('14001', form(['q', 'kim']))).rejects.toMatchObject({ code: 'too_large' })
})
