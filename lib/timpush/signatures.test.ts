import { expect, test } from 'vitest'
import { Signatures } from './signatures'
import { appAt, opened } from './testing/http-server'

const HOUR_MS = 3_600_000

function fixture(key = 'key-1') {
  const time = { nowMs: 1_000 * HOUR_MS }
  const asked = { times: 0, key }
  const app = appAt('http://upstream', {
    secretKey: async () => {
      asked.times++
      return asked.key
    },
  })
  return { app, asked, time, signatures: new Signatures({ wallMs: () => time.nowMs }) }
}

test('a signature says who, for which app and for 24 hours', async () => {
  const { app, signatures } = fixture()
  const { text } = await signatures.of(app)
  expect(opened(text)).toMatchObject({
    'TLS.ver': '2.0',
    'TLS.identifier': 'administrator',
    'TLS.sdkappid': 1600119377,
    'TLS.expire': 86_400,
  })
})

test('the key is asked for once in four fifths of 24 hours, and again after', async () => {
  const { app, asked, time, signatures } = fixture()
  const first = await signatures.of(app)
  time.nowMs += 0.8 * 24 * HOUR_MS - 1
  expect(await signatures.of(app)).toBe(first)
  expect(asked.times).toBe(1)
  time.nowMs += 1
  expect(await signatures.of(app)).not.toBe(first)
  expect(asked.times).toBe(2)
})

test('a clock that went back makes a new signature', async () => {
  const { app, asked, time, signatures } = fixture()
  await signatures.of(app)
  time.nowMs -= 1
  await signatures.of(app)
  expect(asked.times).toBe(2)
})

test('another administrator, SDKAppID or app has a signature of its own', async () => {
  const { app, signatures } = fixture()
  await signatures.of(app)
  expect(opened((await signatures.of({ ...app, adminId: 'other' })).text)['TLS.identifier']).toBe('other')
  expect(opened((await signatures.of({ ...app, sdkAppId: 7 })).text)['TLS.sdkappid']).toBe(7)
  expect(opened((await signatures.of({ ...app, id: 'b', adminId: 'b' })).text)['TLS.identifier']).toBe('b')
})

test('a forgotten signature is made anew, those of other apps stay', async () => {
  const { app, asked, signatures } = fixture()
  const other = { ...app, id: 'other' }
  await signatures.of(app)
  const kept = await signatures.of(other)
  signatures.forget(app.id)
  await signatures.of(app)
  expect(await signatures.of(other)).toBe(kept)
  expect(asked.times).toBe(3)
})

test('a signature is outdated once the app has another key', async () => {
  const { app, asked, signatures } = fixture()
  const signature = await signatures.of(app)
  expect(await signatures.outdated(app, signature)).toBe(false)
  asked.key = 'key-2'
  expect(await signatures.outdated(app, signature)).toBe(true)
})

test('a key that cannot be had leaves nothing behind', async () => {
  const { app, signatures } = fixture()
  const locked = { ...app, secretKey: () => Promise.reject(new Error('the seal is broken')) }
  await expect(signatures.of(locked)).rejects.toThrow('the seal is broken')
  await expect(signatures.of(app)).resolves.toMatchObject({ adminId: 'administrator' })
})
