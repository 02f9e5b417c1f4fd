import { describe, expect, test } from 'vitest'
import { readAnswer } from './read-answer'
import { questionOf, read } from './testing/samples'

const CHAT = questionOf('normal_push_trace')
const OK = { ActionStatus: 'OK', ErrorCode: 0 }

function trace(...devices: unknown[]) {
  const answer = read(CHAT, { ...OK, InstanceTrace: devices })
  if (answer.kind !== 'trace') throw new Error('not a trace')
  return { device: answer.devices[0], devices: answer.devices, quarantined: answer.quarantined }
}
const imStage = (stage: unknown) => {
  const { device, quarantined } = trace({ PushPlatform: 1, IMCommitStat: { IMStat: stage } })
  return { im: device?.im, quarantined }
}

describe('a device', () => {
  test('with nothing but a vendor is still a device, without zeros', () => {
    expect(trace({ PushPlatform: 7 }).device).toEqual({
      instance: '',
      pushedAt: null,
      pushedAtText: '',
      model: '',
      system: '',
      systemVersion: '',
      vendor: 'vivo',
      channel: null,
      token: '',
      certId: '',
      sdkVersion: '',
      pluginVersion: '',
      notifications: null,
      lastActive: null,
      im: null,
      offline: null,
      online: null,
    })
  })

  test('without a readable vendor is kept, with a note', () => {
    const { device, quarantined } = trace({ InstanceId: 'i' })
    expect(device).toMatchObject({ instance: 'i', vendor: 'unknown', channel: null })
    expect(quarantined).toEqual([{ path: 'InstanceTrace[0].PushPlatform', problem: 'is not a platform' }])
  })

  test('that is not an object is omitted; the others stay', () => {
    const { devices, quarantined } = trace(null, { PushPlatform: 1, InstanceId: 'i' }, 'x')
    expect(devices.map((device) => device.instance)).toEqual(['i'])
    expect(quarantined.map((note) => note.path)).toEqual(['InstanceTrace[0]', 'InstanceTrace[2]'])
  })

  test.each([
    ['last_active_terminal', 1, true],
    ['LastActiveTerminal', 1, true],
    ['last_active_terminal', '0', false],
    ['LastActiveTerminal', true, true],
    ['last_active_terminal', null, null],
    ['last_active_terminal', 'x', null],
    ['LASTACTIVETERMINAL', 1, null],
  ])('with %s %j has lastActive %j', (name, value, expected) => {
    expect(trace({ PushPlatform: 1, [name]: value }).device?.lastActive).toBe(expected)
  })
})

describe('a stage', () => {
  test.each([
    ['missing', undefined, 0],
    ['null', null, 0],
    ['empty', {}, 0],
    ['a word', 'x', 1],
    ['a list', [], 1],
  ])('that is %s is absent', (_, stage, notes) => {
    const { im, quarantined } = imStage(stage)
    expect(im).toBeNull()
    expect(quarantined).toHaveLength(notes)
  })

  test.each([
    [1, 'ok', 0],
    ['1', 'ok', 0],
    [2, 'failed', 0],
    [0, null, 0],
    ['', null, 0],
    [null, null, 0],
    [3, null, 1],
    ['done', null, 1],
  ])('with PushStatus %j has the status %j', (PushStatus, status, notes) => {
    const { im, quarantined } = imStage({ PushStatus, ErrorCode: 5 })
    expect(im).toEqual({ status, code: 5, text: '', at: null, atText: '' })
    expect(quarantined).toHaveLength(notes)
  })

  test.each([
    ['missing', undefined, null, 0],
    ['empty', '', null, 0],
    ['negative', -2, -2, 0],
    ['in quotes', '-2', -2, 0],
    ['a word', 'UNREGISTERED', null, 1],
  ])('with a code that is %s', (_, ErrorCode, code, notes) => {
    const { im, quarantined } = imStage({ PushStatus: 2, ErrorCode })
    expect(im?.code).toBe(code)
    expect(quarantined).toHaveLength(notes)
  })
})

describe('a time', () => {
  test('that does not exist is null, with its text and a note', () => {
    const { im, quarantined } = imStage({ PushStatus: 1, EventTime: '2026-02-30 10:00:00' })
    expect(im).toMatchObject({ status: 'ok', at: null, atText: '2026-02-30 10:00:00' })
    expect(quarantined).toEqual([{ path: 'InstanceTrace[0].IMCommitStat.IMStat.EventTime', problem: 'is not a time' }])
  })

  test('is read at the offset of the app', () => {
    const raw = JSON.stringify({ ...OK, InstanceTrace: [{ PushPlatform: 1, PushTime: '2026-11-19 12:00:00' }] })
    const at = (offset: number) => {
      const answer = readAnswer(CHAT, raw, offset)
      return answer.kind === 'trace' ? answer.devices[0]?.pushedAt : undefined
    }
    expect(at(0)).toBe(Date.UTC(2026, 10, 19, 12) / 1_000)
    expect(at(480)).toBe(Date.UTC(2026, 10, 19, 4) / 1_000)
    expect(at(-300)).toBe(Date.UTC(2026, 10, 19, 17) / 1_000)
  })
})

test('a trace may be in a wrapper; null means no device; neither leaves a note', () => {
  const device = { PushPlatform: 1, InstanceId: 'i' }
  for (const fields of [{ Results: { InstanceTrace: [device] } }, { Data: [{ InstanceTrace: [device] }] }]) {
    expect(read(CHAT, { ...OK, ...fields })).toMatchObject({ devices: [{ instance: 'i' }], quarantined: [] })
  }
  expect(read(CHAT, { ...OK, InstanceTrace: null })).toMatchObject({ devices: [], quarantined: [] })
  expect(read(CHAT, OK).quarantined).toEqual([{ path: '', problem: 'has no field of this endpoint' }])
})
