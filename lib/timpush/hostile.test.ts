import { expect, test } from 'vitest'
import { ask, read, refusal } from './testing/samples'

const MANY = 1_000_000
/** A quadratic reader would need hours for these; a linear one under a second. */
const PATIENCE_MS = 60_000
const OK = '"ActionStatus":"OK","ErrorCode":0'
/** Reads a text as counts and as losses, whatever comes of it. */
function survive(raw: string): void {
  for (const endpoint of ['normal_push_statistics', 'all_member_push_loss'] as const) {
    try {
      read(ask(endpoint), raw)
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
])('a million %s end the reader neither in a crash nor in a wait', { timeout: PATIENCE_MS }, (_, raw) => {
  survive(raw)
})

test('as many rows as eight megabytes hold are all read', () => {
  const rows = Array.from({ length: 200_000 }, (_, code) => ({ ErrCode: code, ErrCount: 1 }))
  const devices = rows.map(() => ({ PushPlatform: 1 }))
  expect(read(ask('normal_push_loss'), { ErrorCode: 0, ReadyToSendLoss: rows })).toMatchObject({
    results: [{ rows: { length: rows.length } }],
  })
  expect(read(ask('normal_push_trace'), { ErrorCode: 0, InstanceTrace: devices })).toMatchObject({
    devices: { length: devices.length },
  })
})

test('a text of eight megabytes is cut, not refused', () => {
  const raw = `{${OK},"ReadyToSendLoss":[{"ErrCode":"1","ErrCount":2,"ErrInfo":"${'x'.repeat(8_000_000)}"},]}`
  expect(read(ask('normal_push_loss'), raw)).toMatchObject({ results: [{ rows: [{ text: 'x'.repeat(2_000) }] }] })
})

test('notes about a million bad rows stay few', () => {
  const raw = `{${OK},"PlatformStatistics":[${'1,'.repeat(MANY)}1]}`
  expect(read(ask('normal_push_statistics'), raw).quarantined).toHaveLength(1_000)
})

test.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
  'a field named %s reaches nothing',
  (name) => {
    const evil = `{"${name}":{"TotalCount":5,"polluted":true,"ErrorCode":0},${OK},"Results":[{"TaskID":"","${name}":{"SentCount":1}}]}`
    expect(read(ask('all_member_push_statistics'), evil)).toMatchObject({
      results: [{ task: '', total: { sendable: null, sent: null, delivered: null, clicked: null } }],
    })
    expect({}).not.toHaveProperty('polluted')
  },
)

test('fields of the prototype are not fields of the answer', () => {
  expect(
    refusal(ask('normal_push_statistics'), '{"__proto__":{"ErrorCode":0,"ActionStatus":"OK","TotalCount":0}}'),
  ).toEqual(['upstream_unreadable', 'transient', null])
})
