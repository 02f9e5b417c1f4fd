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

test.each([
  ['a client that disconnects while it sends it', Object.assign(new Error('aborted'), { code: 'ECONNRESET' })],
  ['a parser', new SyntaxError('Unexpected token in {"password":"hun')],
])('an error of %s is the fault of the client, and repeats nothing', async (_, error) => {
  const answer = await onlyFromOwnPages(() => Promise.reject(error))(new Request(OWN), null)
  const text = await answer.text()
  expect([answer.status, JSON.parse(text).code]).toEqual([400, 'bad_request'])
  expect(text).not.toContain('hun')
})

test('any other error is a defect', async () => {
  const broken = onlyFromOwnPages(() => Promise.reject(new Error('a defect')))
  await expect(broken(new Request(OWN), null)).rejects.toThrow('a defect')
})
