import { createRequire } from 'node:module'
import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { APP, userSig } from '../testing/client'
import { Refusal } from './answers'
import { verify } from './usersig'

const NOW = 1_795_100_000
const CALLER = { identifier: 'administrator', sdkAppId: APP.sdkAppId, key: APP.key }

function codeOf(sig: string, caller = CALLER, now = NOW): number | null {
  try {
    verify(sig, caller, now)
    return null
  } catch (error) {
    return error instanceof Refusal ? error.code : -1
  }
}

/** A published example, made with the same algorithm by another implementation. */
const VECTOR = {
  sdkAppId: 1_600_119_377,
  key: 'demo-secret-key-not-real-0123456789abcdef',
  identifier: 'administrator',
  time: 1_795_046_400,
  expire: 86_400,
  userSig:
    'eJxFzEsLgkAUBeD-MltDrmZOCm16YQ8kKAjdGTPJJbyO41AD0X9v0KDl*c7hvNnlePafUrOUhT6wyZBRSDJ4x4Er0SBhb3RlWv0b9OJRKYWCpUEMEATJlPOxMdhIpzyZQRRHAKNKq1A7n-*px9qdc8o7b3XbmyL3umxJYZQdlG3qbXtdk1eGSBtLp4K-drBgny-AlDQa',
}

describe('verification accepts', () => {
  test('a published example, from its first to its last second', () => {
    expect(codeOf(VECTOR.userSig, VECTOR, VECTOR.time)).toBeNull()
    expect(codeOf(VECTOR.userSig, VECTOR, VECTOR.time + VECTOR.expire - 1)).toBeNull()
    expect(codeOf(VECTOR.userSig, VECTOR, VECTOR.time + VECTOR.expire)).toBe(70001)
  })

  test("a signature of Tencent's own library", () => {
    const { Api } = createRequire(import.meta.url)('tls-sig-api-v2')
    const sig: string = new Api(APP.sdkAppId, APP.key).genUserSig('administrator', 600)
    expect(codeOf(sig, CALLER, Date.now() / 1_000)).toBeNull()
    expect(codeOf(sig, { ...CALLER, key: 'another' }, Date.now() / 1_000)).toBe(70009)
  })
})

describe('verification refuses a signature', () => {
  const good = { time: NOW, expire: 60 }

  test('that has expired', () => {
    expect(codeOf(userSig(good), CALLER, NOW + 59)).toBeNull()
    expect(codeOf(userSig(good), CALLER, NOW + 60)).toBe(70001)
  })

  test('made with another key', () => expect(codeOf(userSig({ ...good, key: 'other' }))).toBe(70009))
  test('for another account', () => expect(codeOf(userSig({ ...good, identifier: 'eve' }))).toBe(70013))
  test('for another app', () => expect(codeOf(userSig({ ...good, sdkAppId: 5 }))).toBe(70014))

  test('that is damaged', () => {
    const sig = userSig(good)
    expect(codeOf(sig.slice(0, 20))).toBe(70003)
    expect(codeOf(`${sig}+`)).toBe(70003)
    expect(codeOf('not a signature')).toBe(70003)
    expect(codeOf(Buffer.from('no zlib').toString('base64url'))).toBe(70003)
  })

  test('without valid claims', () => {
    const packed = (value: unknown) => deflateSync(JSON.stringify(value)).toString('base64')
    expect(codeOf(packed({}).replaceAll('=', '_'))).toBe(70003)
    expect(codeOf(packed('text').replaceAll('=', '_'))).toBe(70003)
  })

  test('with a claim changed after signing', () => {
    const fields = {
      'TLS.ver': '2.0',
      'TLS.identifier': 'administrator',
      'TLS.sdkappid': APP.sdkAppId,
      'TLS.time': NOW,
      'TLS.expire': 9_999_999,
      'TLS.sig': 'AAAA',
    }
    const sig = deflateSync(JSON.stringify(fields)).toString('base64')
    expect(codeOf(sig.replaceAll('+', '*').replaceAll('/', '-').replaceAll('=', '_'))).toBe(70009)
  })
})
