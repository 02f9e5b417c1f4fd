import { describe, expect, test } from 'vitest'
import { ERROR_CODES } from '@/lib/contract/errors'
import { MEANINGS } from './codes'
import { UpstreamError } from './errors'
import { questionOf, read, refusal } from './testing/samples'

const QUESTION = questionOf('all_member_push_statistics')
const INTERNAL = (code: number | null) => ['upstream_internal', 'transient', code]
const UNREADABLE = ['upstream_unreadable', 'transient', null]

describe('success is ErrorCode 0 with ActionStatus OK or none', () => {
  test.each([
    [{ ActionStatus: 'OK', ErrorCode: 0 }],
    [{ ActionStatus: 'OK', ErrorCode: '0' }],
    [{ ErrorCode: 0 }],
    [{ ActionStatus: null, ErrorCode: '0' }],
    [{ ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: 'sucess' }],
    [{ ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: 'requests are too frequent' }],
  ])('%j', (envelope) => {
    expect(read(QUESTION, { ...envelope, Results: [] })).toMatchObject({ results: [] })
  })

  test.each([
    [{ ActionStatus: 'FAIL', ErrorCode: 0 }, INTERNAL(0)],
    [{ ActionStatus: 'FAILURE', ErrorCode: '0' }, INTERNAL(0)],
    [{ ActionStatus: 'FAIL' }, INTERNAL(null)],
    [{ ActionStatus: 'FAIL', ErrorCode: 'abc' }, INTERNAL(null)],
    [{ ActionStatus: 'ok?', ErrorCode: 0 }, INTERNAL(0)],
    [{ ActionStatus: 'OK', ErrorCode: 90102 }, INTERNAL(90102)],
    [{ ErrorCode: 123456 }, INTERNAL(123456)],
    [{ ErrorCode: -7 }, INTERNAL(-7)],
    [{ ErrorCode: '90045' }, ['upstream_not_enabled', 'not_enabled', 90045]],
    [{ ActionStatus: 'OK' }, UNREADABLE],
    [{ ActionStatus: 'OK', ErrorCode: {} }, UNREADABLE],
    [{ ErrorCode: 'abc' }, UNREADABLE],
    [{ ActionStatus: 0 }, UNREADABLE],
    [{}, UNREADABLE],
    [[], UNREADABLE],
    ['"OK"', UNREADABLE],
    ['null', UNREADABLE],
    ['0', UNREADABLE],
  ])('a failure is %j', (envelope, expected) => {
    expect(refusal(QUESTION, envelope)).toEqual(expected)
  })
})

test.each([
  ['requests are too frequent', 'slow_down'],
  ['API call frequency limit', 'slow_down'],
  ['Rate limit exceeded', 'slow_down'],
  ['请求频率超过限制', 'slow_down'],
  ['request error', 'transient'],
  ['', 'transient'],
  [undefined, 'transient'],
  [['frequency'], 'transient'],
])('code 91000 with text %j is %s', (ErrorInfo, kind) => {
  expect(refusal(QUESTION, { ActionStatus: 'FAIL', ErrorCode: 91000, ErrorInfo })[1]).toBe(kind)
})

test('a text about frequency does not change other codes', () => {
  const answer = { ActionStatus: 'FAIL', ErrorCode: 70009, ErrorInfo: 'verification failed too often' }
  expect(refusal(QUESTION, answer)[1]).toBe('credential')
})

/** Guards against accidental changes of what the gateway does. */
test('the codes by kind of failure', () => {
  const byKind: Record<string, number[]> = {}
  for (const [code, [, kind]] of MEANINGS) byKind[kind] = [...(byKind[kind] ?? []), code].sort((a, b) => a - b)
  expect(byKind).toEqual({
    slow_down: [60007, 60011, 60018, 60019],
    transient: [60004, 60005, 60008, 60013, 60014, 70169, 70202, 70500, 90102, 91000],
    renew_signature: [70001, 70052],
    credential: [
      60006, 60010, 60016, 60017, 60020, 60021, 60025, 60026, 60027, 60028, 70002, 70003, 70005, 70009, 70010, 70013,
      70014, 70015, 70016, 70020, 70050, 70051, 70398, 70403, 72000, 72002, 80005, 90009,
    ],
    not_enabled: [90045],
    bad_request: [60002, 60003, 60009, 60012, 60015, 70107, 70402, 90001, 90048, 90049, 90100, 90103],
  })
})

test('every code is listed once and maps to a code of the closed list', () => {
  for (const [code] of MEANINGS.values()) expect(ERROR_CODES).toContain(code)
})

test('an error names endpoint and code, and repeats no text from the upstream', () => {
  try {
    read(QUESTION, { ActionStatus: 'FAIL', ErrorCode: 60025, ErrorInfo: 'usersig eJxSECRET is wrong' })
    expect.unreachable()
  } catch (error) {
    expect(error).toBeInstanceOf(UpstreamError)
    expect(error).toMatchObject({
      name: 'UpstreamError',
      endpoint: 'all_member_push_statistics',
      message: 'all_member_push_statistics: upstream_credential (60025): the upstream refused',
    })
    expect(error).not.toHaveProperty('cause')
  }
})
