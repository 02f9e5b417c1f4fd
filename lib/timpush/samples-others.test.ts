import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { ENDPOINTS } from '@/lib/contract/sources'
import { decodeUserSig } from './testing/http-server'
import { questionOf, read, sample, sampleNames } from './testing/samples'
import { TlsSigApi } from './tls-sig-api'

/** Successful answers of other calls are accepted but give no data. */
test.each(['push.ok.json', 'batch.partial.json', 'callback.response.json'])('%s has no data of ours', (name) => {
  for (const endpoint of ENDPOINTS) {
    if (endpoint === 'query_online_status' && name === 'batch.partial.json') continue
    const answer = read(questionOf(endpoint), sample(name))
    expect(itemsOf(answer), endpoint).toEqual([])
    expect(answer.quarantined, endpoint).toEqual([{ path: '', problem: 'has no field of this endpoint' }])
  }
})

test('batch.partial.json: its ErrorList is read like that of the online status: a user without a state', () => {
  const { raw: _, ...answer } = read(questionOf('query_online_status'), sample('batch.partial.json'))
  expect(answer).toEqual({
    kind: 'online',
    people: [{ userId: 'user', state: null, platforms: [] }],
    quarantined: [],
  })
})

test('usersig.vector.json: Tencent’s library signs the vector, compared after inflating', () => {
  const vector = JSON.parse(sample('usersig.vector.json'))
  vi.useFakeTimers({ now: vector.time * 1_000, toFake: ['Date'] })
  try {
    const signed = new TlsSigApi(vector.sdkappid, vector.key).genUserSig(vector.identifier, vector.expire)
    expect(decodeUserSig(signed)).toEqual(decodeUserSig(vector.usersig))
    expect(decodeUserSig(signed)['TLS.sig']).toBe(vector.sig)
  } finally {
    vi.useRealTimers()
  }
})

test('webhook_sign.vector.json: a callback is signed over token and time', () => {
  const vector = JSON.parse(sample('webhook_sign.vector.json'))
  const sign = createHash('sha256')
    .update(vector.token + vector.RequestTime)
    .digest('hex')
  expect(sign).toBe(vector.Sign)
})

test('the samples are the 57 reference samples, byte for byte', () => {
  const all = sampleNames().map((name) => `${name} ${createHash('sha256').update(sample(name)).digest('hex')}\n`)
  expect(all).toHaveLength(57)
  expect(createHash('sha256').update(all.join('')).digest('hex')).toBe(
    '04a3144ab5f1a6ba038ac453250701d7f1c9270e716f20646508e7597485aaaf',
  )
})

test('each sample has its expected result in one of these tests', () => {
  const tests = ['statistics', 'loss', 'trace', 'errors', 'others'].map((part) =>
    readFileSync(new URL(`./samples-${part}.test.ts`, import.meta.url), 'utf8'),
  )
  expect(sampleNames().filter((name) => !tests.join('').includes(`'${name}`))).toEqual([])
})

function itemsOf(answer: ReturnType<typeof read>) {
  if (answer.kind === 'trace') return answer.devices
  return answer.kind === 'online' ? answer.people : answer.results
}
