import { afterAll, beforeAll, expect, test } from 'vitest'
import { POST } from '@/app/api/auth/[...nextauth]/route'
import { onlyFromOwnPages } from './own-pages'

const OWN = 'https://push.example.com'
const KEY = Symbol.for('pushlens.running')
beforeAll(() => void Object.assign(globalThis, { [KEY]: Promise.resolve({ publicUrl: new URL(OWN) }) }))
afterAll(() => void Reflect.deleteProperty(globalThis, KEY))

test.each([
  ['another site', { origin: 'https://evil.example' }],
  ['another site, with a cookie', { origin: 'https://evil.example', cookie: 'x=1' }],
  ['a sandboxed frame, with a cookie', { origin: 'null', cookie: 'x=1' }],
  ['nowhere, with a cookie', { cookie: 'x=1' }],
])('a sign-in from %s is refused, also without the front door', async (_, headers) => {
  const request = new Request(`${OWN}/api/auth/callback/credentials`, { method: 'POST', headers })
  const answer = await POST(request, { params: Promise.resolve({ nextauth: ['callback', 'credentials'] }) })
  expect([answer.status, (await answer.json()).code]).toEqual([403, 'bad_origin'])
})

const FITTING: Record<string, string>[] = [{ origin: OWN, cookie: 'x=1' }, {}]
test.each(FITTING)('one from our pages or a program, %o, is not', async (headers) => {
  const request = new Request(`${OWN}/api/auth/nothing`, { method: 'POST', headers })
  const answer = await POST(request, { params: Promise.resolve({ nextauth: ['nothing'] }) })
  expect(answer.status).toBe(404)
})

test('a client that disconnects while it sends its body is no defect; any other error is one', async () => {
  const answerTo = (error: Error) => onlyFromOwnPages(() => Promise.reject(error))(new Request(OWN), null)
  const aborted = await answerTo(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }))
  expect([aborted.status, (await aborted.json()).code]).toEqual([400, 'bad_request'])
  await expect(answerTo(new Error('a defect'))).rejects.toThrow('a defect')
})
