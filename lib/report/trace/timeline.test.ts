import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DeviceRecord } from '@/lib/contract/records'
import { deviceReply, STAGE_STATES } from '@/lib/contract/traces'
import { maskToken } from '@/lib/report/ids/mask'
import type { DeliveryOf } from './delivery-of'
import { anyDevice } from './testing/any-device'
import { blank, device, done, failed, offline, online, SAMPLES } from './testing/devices'
import { deviceReport } from './timeline'

const reported: DeliveryOf = () => 'reported'
const unreported: DeliveryOf = () => 'unreported'

/** Shows the states as one line: `im offline channel device click · online channel device`. */
const WORD = { done: '✓', failed: '✗', none: '–', unreported: '?', not_applicable: '.' } as const
function line(record: DeviceRecord, delivery = reported): string {
  const { stages } = deviceReport(record, delivery)
  const of = (path: string) => stages.filter((stage) => stage.path === path).map(({ state }) => WORD[state])
  return `${of('offline').join('')} ${of('online').join('')}`
}

describe('the states of a documented trace', () => {
  test.each([
    ['campaign, last active spelt otherwise', ['✓✓✓✓✓ ..']],
    ['campaign, the vendor refused', ['✓✓✗.. ..']],
    ['campaign, delivered and not clicked', ['✓✓✓✓– ..']],
    ['campaign, FCM click without delivery', ['✓✓✓?✓ ..']],
    ['campaign, two devices', ['✓✓✓✓✓ ✓✓', '✓✗... ..']],
    ['campaign, online only', ['✓.... ✓✓']],
    ['chat, empty stages', ['✓–––– ––']],
    ['chat, not found', []],
    ['chat, whole', ['✓✓✓✓✓ ..']],
    ['chat, times out of order', ['✓✓✓✓✓ ..']],
  ] as const)('%s', (name, expected) => {
    expect(SAMPLES[name].map((one) => line(one))).toEqual(expected)
  })
})

const handedOver = { offline: done(1), channel: done(1) }

describe('the state of a step', () => {
  test('a missing delivery is unreported if the vendor sends no receipts, else there is no record', () => {
    const record = device({ offline: offline(handedOver) })
    expect(line(record, unreported)).toBe('✓✓✓?– ..')
    for (const kind of ['reported', 'partial', 'unknown'] as const) expect(line(record, () => kind)).toBe('✓✓✓–– ..')
  })

  test('a push that never reached the vendor is not unreported', () => {
    expect(line(device({ offline: offline({ offline: done(1) }) }), unreported)).toBe('✓✓––– ..')
  })

  test('after a failure nothing more is expected', () => {
    expect(line(device({ im: failed(-10) }))).toBe('✗.... ..')
    expect(line(device({ offline: offline({ ...handedOver, device: failed(6) }) }), unreported)).toBe('✓✓✓✗. ..')
  })

  test('a step recorded after a failure is shown as recorded', () => {
    expect(line(device({ offline: offline({ offline: failed(-1), channel: done(1) }) }))).toBe('✓✗✓.. ..')
  })

  test('an online push has no vendor steps, even without any record', () => {
    expect(line(device({ channel: 'online' }))).toBe('✓.... ––')
    expect(line(device({ channel: 'online', online: online({ channel: failed(1) }) }))).toBe('✓.... ✗.')
  })

  test('a blank step means no record, not a failure', () => {
    expect(line(device({ im: blank, offline: offline({ offline: blank }) }))).toBe('––––– ..')
    expect(line(device({ im: null }))).toBe('––––– ..')
  })
})

describe('gaps and warnings', () => {
  const stages = (record: DeviceRecord) => deviceReport(record, reported).stages

  test('elapsed time runs from the last step with a time', () => {
    const [sample] = SAMPLES['chat, whole']
    expect(stages(sample ?? device()).map(({ elapsedMs }) => elapsedMs)).toEqual([
      0,
      1000,
      0,
      3000,
      2_258_000,
      null,
      null,
    ])
    const gap = device({ offline: offline({ offline: done(1), device: done(6) }) })
    expect(stages(gap)[3]).toMatchObject({ stage: 'device', elapsedMs: 5000, warning: 'missing_before' })
  })

  test('the online path is measured from IM, not from the vendor steps', () => {
    const record = device({ offline: offline(handedOver), online: online({ channel: done(2), device: done(3) }) })
    expect(stages(record).slice(5)).toMatchObject([
      { stage: 'channel', path: 'online', elapsedMs: 2000 },
      { stage: 'device', path: 'online', elapsedMs: 1000 },
    ])
  })

  test('six days between two servers get a warning, six days until a phone returns do not', () => {
    const [sample] = SAMPLES['chat, times out of order']
    expect(stages(sample ?? device()).map(({ warning }) => warning)).toEqual([
      null,
      'clock_order',
      null,
      null,
      null,
      null,
      null,
    ])
    const back = device({ offline: offline({ ...handedOver, device: done(6 * 86_400) }) })
    expect(stages(back)[3]?.warning).toBeNull()
  })

  test('a step earlier than the one before it gets a warning', () => {
    const record = device({ offline: offline({ offline: done(5), channel: done(2) }) })
    expect(stages(record)[2]).toMatchObject({ elapsedMs: -3000, warning: 'clock_order' })
  })

  test('an unreported delivery before a click is not a missing step', () => {
    const [sample] = SAMPLES['campaign, FCM click without delivery']
    expect(stages(sample ?? device()).map(({ warning }) => warning)).toEqual(Array(7).fill(null))
  })
})

describe('a device', () => {
  test('has times as instants and keeps Tencent’s own text', () => {
    const [refused] = SAMPLES['campaign, the vendor refused']
    const reply = deviceReport(refused ?? device(), reported)
    expect(reply).toMatchObject({ pushedAt: '2026-11-19T04:03:20.000Z', pushedAtText: '2026-11-19 12:03:20' })
    expect(reply.stages[2]).toMatchObject({
      at: '2026-11-19T04:03:29.000Z',
      atText: '2026-11-19 12:03:29',
      code: 410,
      reason: 'Unregistered',
    })
  })

  test('notifications are on, off or unknown', () => {
    const read = (notifications: number | null) => deviceReport(device({ notifications }), reported).notifications
    expect([read(1), read(0), read(null), read(7)]).toEqual([true, false, null, null])
  })

  test('a token is never shown whole', () => {
    expect(maskToken('AIzaSyDemo0123456789')).toBe('AIza…89')
    expect(maskToken('short-token')).toBe('…')
    expect(maskToken('')).toBe('')
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 300 }), (token) => {
        const masked = maskToken(token)
        expect(masked.replace('…', '').length).toBeLessThanOrEqual(6)
        if (token.length < 12) expect(masked).toBe('…')
      }),
    )
  })

  test('any trace gives a reply of the contract: five steps and two, each with a known state', () => {
    fc.assert(
      fc.property(anyDevice, fc.constantFrom(reported, unreported), (record, delivery) => {
        const reply = deviceReply.parse(deviceReport(record, delivery))
        expect(reply.stages.map(({ stage, path }) => `${stage} ${path}`)).toEqual([
          'im offline',
          'offline offline',
          'channel offline',
          'device offline',
          'click offline',
          'channel online',
          'device online',
        ])
        for (const { state } of reply.stages) expect(STAGE_STATES).toContain(state)
        const ok = [record.im, record.offline?.device].map((one) => one?.status === 'ok')
        expect([reply.stages[0]?.state === 'done', reply.stages[3]?.state === 'done']).toEqual(ok)
      }),
    )
  })
})
