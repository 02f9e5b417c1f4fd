import { expect, test } from 'vitest'
import { questionOf, read, refusal } from './testing/samples'

const MANY = 1_000_000
/** A quadratic reader would need hours for these inputs. A linear one needs less than a second. */
const PATIENCE_MS = 60_000
const OK = '"ActionStatus":"OK","ErrorCode":0'
/** Reads a text as statistics and as losses. Accepts records or an `UpstreamError`. */
function survive(raw: string): void {
  for (const endpoint of ['normal_push_statistics', 'all_member_push_loss'] as const) {
    try {
      read(questionOf(endpoint), raw)
    } catch (error) {
      expect(error).toMatchObject({ name: 'UpstreamError' })
    }
  }
}

test.each([
  ['lists in lists', `{${OK},"Results":${'['.repeat(MANY)}${']'.repeat(MANY)}}`],
  ['objects in objects', `{${OK},"Results":${'{"Results":'.repeat(MANY)}1${'}'.repeat(MANY)}}`],
  ['objects in objects, with a trailing comma', `{${OK},"Results":${'{"a":'.repeat(MANY)}1${'}'.repeat(MANY)},}`],
  ['objects without names in each other', `{${OK},${'{'.repeat(MANY)}"Results":[]${'}'.repeat(MANY)}}`],
  ['brackets that never close', `{${OK},"Results":${'['.repeat(MANY)}`],
  ['braces that never close', '{'.repeat(MANY)],
  ['brackets that never opened', `{${OK}}${']'.repeat(MANY)}`],
  ['commas', `{${OK},"Results":[${','.repeat(MANY)}]}`],
  ['spaces', `{${OK},"Results":[${' '.repeat(MANY)},]${' '.repeat(MANY)}}`],
  ['quotes', `{${OK},"Results":[${'"'.repeat(MANY + 1)}`],
  ['backslashes', `{${OK},"ErrorInfo":"${'\\'.repeat(MANY * 2 + 1)}`],
  ['digits', `{${OK},"TotalCount":${'9'.repeat(MANY)},}`],
  ['zeros behind a point', `{${OK},"TotalCount":0.${'0'.repeat(MANY)}1}`],
  ['points', `{${OK},"TotalCount":0${'.0'.repeat(MANY)}}`],
  ['words', `{${OK},"a":${'e-1'.repeat(MANY)}}`],
  ['digits in quotes', `{${OK},"TotalCount":"${'9'.repeat(MANY)}"}`],
  ['spaces in quotes', `{${OK},"TotalCount":"${' '.repeat(MANY)}x"}`],
  ['a text of the failure', `{"ActionStatus":"FAIL","ErrorCode":91000,"ErrorInfo":"${'too '.repeat(MANY)}"}`],
  [
    'rows of nothing',
    `{${OK},"PlatformStatistics":[${'null,'.repeat(MANY)}],"ReadyToSendLoss":[${'{},'.repeat(MANY)}]}`,
  ],
])('a million %s neither crash nor stall the reader', { timeout: PATIENCE_MS }, (_, raw) => {
  survive(raw)
})

test('all rows of an eight megabyte answer are read', () => {
  const rows = Array.from({ length: 200_000 }, (_, code) => ({ ErrCode: code, ErrCount: 1 }))
  const devices = rows.map(() => ({ PushPlatform: 1 }))
  expect(read(questionOf('normal_push_loss'), { ErrorCode: 0, ReadyToSendLoss: rows })).toMatchObject({
    results: [{ rows: { length: rows.length } }],
  })
  expect(read(questionOf('normal_push_trace'), { ErrorCode: 0, InstanceTrace: devices })).toMatchObject({
    devices: { length: devices.length },
  })
})

test('a text of eight megabytes is cut, not rejected', () => {
  const raw = `{${OK},"ReadyToSendLoss":[{"ErrCode":"1","ErrCount":2,"ErrInfo":"${'x'.repeat(8_000_000)}"},]}`
  expect(read(questionOf('normal_push_loss'), raw)).toMatchObject({
    results: [{ rows: [{ text: 'x'.repeat(2_000) }] }],
  })
})

test('a million bad rows leave at most a thousand notes', () => {
  const raw = `{${OK},"PlatformStatistics":[${'1,'.repeat(MANY)}1]}`
  expect(read(questionOf('normal_push_statistics'), raw).quarantined).toHaveLength(1_000)
})

test.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
  'a field named %s pollutes no prototype',
  (name) => {
    const evil = `{"${name}":{"TotalCount":5,"polluted":true,"ErrorCode":0},${OK},"Results":[{"TaskID":"","${name}":{"SentCount":1}}]}`
    expect(read(questionOf('all_member_push_statistics'), evil)).toMatchObject({
      results: [{ task: '', total: { sendable: null, sent: null, delivered: null, clicked: null } }],
    })
    expect({}).not.toHaveProperty('polluted')
  },
)

test('fields inherited from a prototype are ignored', () => {
  expect(
    refusal(questionOf('normal_push_statistics'), '{"__proto__":{"ErrorCode":0,"ActionStatus":"OK","TotalCount":0}}'),
  ).toEqual(['upstream_unreadable', 'transient', null])
})
