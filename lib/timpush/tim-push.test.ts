import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { realClock } from '@/lib/testing/clock'
import { appAt, decodeUserSig, EMPTY_ANSWER, type TestUpstream, upstream } from './testing/http-server'
import { questionOf, sample } from './testing/samples'
import { createTimPush, type TimPush } from './tim-push'

const QUESTION = questionOf('all_member_push_statistics')
const refusing = (code: number) => JSON.stringify({ ActionStatus: 'FAIL', ErrorCode: code, ErrorInfo: 'no' })

let server: TestUpstream
let timPush: TimPush
let answers: string[]
const ask = (more = {}, signal?: AbortSignal) =>
  timPush.call(appAt(server.url, more), QUESTION, signal ? { signal } : {})
const signatures = () => server.calls.map((call) => call.query.get('usersig') ?? '')

beforeEach(async () => {
  answers = []
  server = await upstream((response) => response.end(answers.shift() ?? EMPTY_ANSWER))
  timPush = createTimPush({ clock: realClock })
})
afterEach(async () => {
  await timPush.close()
  await server.close()
})

describe('a question', () => {
  test('is one signed POST to its own URL, answered with records', async () => {
    const raw = sample('all_member_push_statistics.overall.json')
    answers = [raw]
    const answer = await ask()
    expect(answer).toMatchObject({ kind: 'statistics', raw, quarantined: [], results: [{ task: '' }] })
    const [call] = server.calls
    expect(call).toMatchObject({
      method: 'POST',
      path: '/v4/timpush/all_member_push_statistics',
      body: { StartTime: 0, EndTime: 60, TaskID: [] },
    })
    expect([...(call?.query.keys() ?? [])]).toEqual(['sdkappid', 'identifier', 'usersig', 'random', 'contenttype'])
    expect(decodeUserSig(signatures()[0] ?? '')).toMatchObject({
      'TLS.identifier': call?.query.get('identifier'),
      'TLS.sdkappid': Number(call?.query.get('sdkappid')),
    })
  })

  test('has a new random number every time, within 32 bits', async () => {
    for (let n = 0; n < 5; n++) await ask()
    const numbers = server.calls.map((call) => Number(call.query.get('random')))
    expect(new Set(numbers).size).toBe(5)
    expect(numbers.every((number) => Number.isInteger(number) && number >= 0 && number < 2 ** 32)).toBe(true)
  })

  test('is never retried here', async () => {
    for (const code of [60007, 70001, 70009, 90102, 90100]) {
      answers = [refusing(code)]
      await expect(ask()).rejects.toMatchObject({ upstreamCode: code, endpoint: QUESTION.endpoint })
    }
    expect(server.calls).toHaveLength(5)
  })

  test('ends when the caller gives up', async () => {
    const reason = new Error('enough')
    await expect(ask({}, AbortSignal.abort(reason))).rejects.toBe(reason)
    expect(server.calls).toEqual([])
  })
})

describe('a signature', () => {
  // Two signatures of the same second are identical. Reading the key shows that a new one was made.
  const countingKey = () => {
    const keySource = { times: 0, key: 'key-1' }
    const secretKey = async () => {
      keySource.times++
      return keySource.key
    }
    return { keySource, secretKey }
  }

  test('serves many calls of many endpoints', async () => {
    const { keySource, secretKey } = countingKey()
    for (const endpoint of ['normal_push_statistics', 'normal_push_loss', 'normal_push_trace'] as const) {
      answers = [JSON.stringify({ ErrorCode: 0 })]
      await timPush.call(appAt(server.url, { secretKey }), questionOf(endpoint))
    }
    expect(keySource.times).toBe(1)
    expect(new Set(signatures()).size).toBe(1)
  })

  test.each([70001, 70052])('expired (%i) is made again for the next call', async (code) => {
    const { keySource, secretKey } = countingKey()
    answers = [refusing(code)]
    await expect(ask({ secretKey })).rejects.toMatchObject({
      code: 'upstream_expired_signature',
      kind: 'renew_signature',
    })
    await ask({ secretKey })
    expect(keySource.times).toBe(2)
  })

  test('refused with an unchanged key means a broken credential', async () => {
    answers = [refusing(70009)]
    await expect(ask()).rejects.toMatchObject({ code: 'upstream_credential', kind: 'credential', upstreamCode: 70009 })
  })

  test('refused after another process changed the key is only outdated', async () => {
    const { keySource, secretKey } = countingKey()
    await ask({ secretKey })
    keySource.key = 'key-2'
    answers = [refusing(70009)]
    const stale = { code: 'upstream_expired_signature', kind: 'renew_signature', upstreamCode: 70009 }
    await expect(ask({ secretKey })).rejects.toMatchObject(stale)
    await ask({ secretKey })
    const [first, second, third] = signatures().map((each) => decodeUserSig(each)['TLS.sig'])
    expect(second).toBe(first)
    expect(third).not.toBe(second)
  })

  test('forgotten is made again', async () => {
    const { keySource, secretKey } = countingKey()
    await ask({ secretKey })
    keySource.key = 'key-2'
    timPush.forget('1600119377')
    await ask({ secretKey })
    const [first, second] = signatures().map((each) => decodeUserSig(each)['TLS.sig'])
    expect(second).not.toBe(first)
  })

  test('that cannot be made without a key makes no call', async () => {
    const secretKey = () => Promise.reject(new Error('sealed'))
    await expect(ask({ secretKey })).rejects.toThrow('sealed')
    expect(server.calls).toEqual([])
  })
})

test('closing waits for a call in flight and rejects new calls', async () => {
  let release = () => {}
  const slow = await upstream((response) => {
    release = () => response.end(EMPTY_ANSWER)
    arrived()
  })
  let arrived = () => {}
  const arrival = new Promise<void>((resolve) => {
    arrived = resolve
  })
  const closing = createTimPush({ clock: realClock })
  const answer = closing.call(appAt(slow.url), QUESTION)
  await arrival
  const closed = closing.close()
  release()
  await expect(answer).resolves.toMatchObject({ kind: 'statistics' })
  await closed
  await expect(closing.call(appAt(slow.url), QUESTION)).rejects.toMatchObject({ code: 'upstream_unreachable' })
  await slow.close()
})
