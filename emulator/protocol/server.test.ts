import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ANCHOR, APP, endpointUrl, startTestEmulator, userSig } from '../testing/client'

const OTHER = { sdkAppId: 20_000_001, key: 'the-key-of-another-app', admins: ['administrator', 'second'] }
const WEEK = { StartTime: ANCHOR - 6 * 86_400, EndTime: ANCHOR }

let emulator: Awaited<ReturnType<typeof startTestEmulator>>
beforeAll(async () => {
  emulator = await startTestEmulator({ apps: [APP, OTHER] })
})
afterAll(() => emulator.stop())

async function post(change: Record<string, string | null>, body: string = JSON.stringify(WEEK)) {
  const url = endpointUrl(emulator.url, 'normal_push_statistics', change)
  const response = await fetch(url, { method: 'POST', body })
  expect(response.status).toBe(200)
  const answer = await response.json()
  expect(answer.ActionStatus).toBe(answer.ErrorCode === 0 ? 'OK' : 'FAIL')
  return answer.ErrorCode
}

const signed = (claims: Parameters<typeof userSig>[0]) => ({ usersig: userSig(claims) })

describe('the server refuses, with HTTP 200 and the right code,', () => {
  test('a missing app', async () => expect(await post({ sdkappid: null })).toBe(60012))
  test('an app ID that is not a number', async () => expect(await post({ sdkappid: '12x' })).toBe(60025))
  test('an unknown app', async () => expect(await post({ sdkappid: '999' })).toBe(70020))
  test('a missing identifier', async () => expect(await post({ identifier: null })).toBe(60025))
  test('a missing signature', async () => expect(await post({ usersig: null })).toBe(60025))
  test('a content type other than json', async () => expect(await post({ contenttype: 'JSON' })).toBe(60025))
  test('a missing random', async () => expect(await post({ random: null })).toBe(60025))
  test('a random above 32 bits', async () => expect(await post({ random: '4294967296' })).toBe(60025))
  test('a damaged signature', async () => expect(await post({ usersig: 'abc' })).toBe(70003))
  test('an expired signature', async () => expect(await post(signed({ time: 1_000, expire: 60 }))).toBe(70001))
  test('a signature with another key', async () => expect(await post(signed({ key: 'x' }))).toBe(70009))
  test('a signature of another account', async () => expect(await post(signed({ identifier: 'eve' }))).toBe(70013))
  test('a signature of another app', async () => expect(await post(signed({ sdkAppId: OTHER.sdkAppId }))).toBe(70014))
  test('an account that is not an administrator', async () =>
    expect(await post({ identifier: 'eve', ...signed({ identifier: 'eve' }) })).toBe(60010))
  test('a body that is not JSON', async () => expect(await post({}, '{,}')).toBe(60003))
  test('an empty body', async () => expect(await post({}, '')).toBe(60003))
  test('a body that is not an object', async () => expect(await post({}, '[]')).toBe(60003))

  test('another method', async () => {
    const answer = await fetch(endpointUrl(emulator.url, 'normal_push_statistics'))
    expect([answer.status, (await answer.json()).ErrorCode]).toEqual([200, 60002])
  })

  test('another path', async () => {
    for (const path of ['/', '//', '/v4/timpush/push?x', '/v4/timpush/toString', '/v4/openim/sendmsg']) {
      const answer = await fetch(emulator.url + path, { method: 'POST', body: '{}' })
      expect([path, (await answer.json()).ErrorCode]).toEqual([path, 60009])
    }
  })
})

test('every administrator of an app can call, each app with its own key', async () => {
  const claims = { sdkAppId: OTHER.sdkAppId, key: OTHER.key, identifier: 'second' }
  const query = { sdkappid: String(OTHER.sdkAppId), identifier: 'second', usersig: userSig(claims) }
  expect(await post(query)).toBe(0)
})

test('two apps have different events', async () => {
  const [one, two] = await Promise.all(
    [APP, OTHER].map(({ sdkAppId }) =>
      emulator.control(
        `/truth?sdkappid=${sdkAppId}&source=chat&metric=statistics&from=${WEEK.StartTime}&to=${WEEK.EndTime}`,
      ),
    ),
  )
  expect(one.total.sendable).toBeGreaterThan(0)
  expect(one.total).not.toEqual(two.total)
})

test('switches simulate a missing permission and a disabled service', async () => {
  await emulator.control('/switches', { notEnabled: true })
  expect(await post({})).toBe(90045)
  await emulator.control('/switches', { notAllowed: true })
  expect(await post({})).toBe(90009)
  await emulator.control('/switches', { notAllowed: false, notEnabled: false })
  expect(await post({})).toBe(0)
})

test('moving data time does not affect signatures', async () => {
  const { offset } = await emulator.control('/clock')
  await emulator.control('/clock', { offset: offset + 3 * 86_400 })
  expect(await post({})).toBe(0)
  await emulator.control('/clock', { offset })
})
