import { expect, test } from 'vitest'
import { Signatures } from './signatures'
import { appAt, decodeUserSig } from './testing/http-server'

const HOUR_MS = 3_600_000

function fixture(key = 'key-1') {
  const time = { nowMs: 1_000 * HOUR_MS }
  const keySource = { times: 0, key }
  const app = appAt('http://upstream', {
    secretKey: async () => {
      keySource.times++
      return keySource.key
    },
  })
  return { app, keySource, time, signatures: new Signatures({ wallMs: () => time.nowMs }) }
}

test('a signature names the administrator, the app and 24 hours', async () => {
  const { app, signatures } = fixture()
  const { text } = await signatures.of(app)
  expect(decodeUserSig(text)).toMatchObject({
    'TLS.ver': '2.0',
    'TLS.identifier': 'administrator',
    'TLS.sdkappid': 1600119377,
    'TLS.expire': 86_400,
  })
})

test('the key is read once in 80 % of 24 hours, and again afterwards', async () => {
  const { app, keySource, time, signatures } = fixture()
  const first = await signatures.of(app)
  time.nowMs += 0.8 * 24 * HOUR_MS - 1
  expect(await signatures.of(app)).toBe(first)
  expect(keySource.times).toBe(1)
  time.nowMs += 1
  expect(await signatures.of(app)).not.toBe(first)
  expect(keySource.times).toBe(2)
})

test('a clock that went back causes a new signature', async () => {
  const { app, keySource, time, signatures } = fixture()
  await signatures.of(app)
  time.nowMs -= 1
  await signatures.of(app)
  expect(keySource.times).toBe(2)
})

test('another administrator, SDKAppID or app gets its own signature', async () => {
  const { app, signatures } = fixture()
  await signatures.of(app)
  expect(decodeUserSig((await signatures.of({ ...app, adminId: 'other' })).text)['TLS.identifier']).toBe('other')
  expect(decodeUserSig((await signatures.of({ ...app, sdkAppId: 7 })).text)['TLS.sdkappid']).toBe(7)
  expect(decodeUserSig((await signatures.of({ ...app, id: 'b', adminId: 'b' })).text)['TLS.identifier']).toBe('b')
})

test('a forgotten signature is made again; those of other apps stay', async () => {
  const { app, keySource, signatures } = fixture()
  const other = { ...app, id: 'other' }
  await signatures.of(app)
  const kept = await signatures.of(other)
  signatures.forget(app.id)
  await signatures.of(app)
  expect(await signatures.of(other)).toBe(kept)
  expect(keySource.times).toBe(3)
})

test('a signature is outdated when the app’s key has changed', async () => {
  const { app, keySource, signatures } = fixture()
  const signature = await signatures.of(app)
  expect(await signatures.outdated(app, signature)).toBe(false)
  keySource.key = 'key-2'
  expect(await signatures.outdated(app, signature)).toBe(true)
})

test('an unavailable key leaves no signature in the cache', async () => {
  const { app, signatures } = fixture()
  const locked = { ...app, secretKey: () => Promise.reject(new Error('the seal is broken')) }
  await expect(signatures.of(locked)).rejects.toThrow('the seal is broken')
  await expect(signatures.of(app)).resolves.toMatchObject({ adminId: 'administrator' })
})
