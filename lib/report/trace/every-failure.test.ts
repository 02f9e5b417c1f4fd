import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DeviceRecord, StageRecord } from '@/lib/contract/records'
import { ENTRIES } from '@/lib/reasons/dictionary'
import type { Delivery } from '@/lib/report/funnel/counts'
import { hintsOf } from '@/lib/report/ids/id-hints'
import { dose } from '@/lib/testing/dose'
import { anyDevice } from './testing/any-device'
import { anyUser } from './testing/any-user'
import { PUSHED } from './testing/devices'
import { userVerdict } from './user-verdict'
import { verdictOf } from './verdict'
import type { Sentence, Verdict } from './verdict-types'

/** The sentences that name a failure of each step. */
const NAMES = {
  im: ['evidence_failed_im', 'not_taken'],
  offline: ['evidence_not_handed_over'],
  channel: ['evidence_refused'],
  device: ['evidence_failed_on_device'],
  click: ['evidence_failed_click'],
  onlineChannel: ['evidence_failed_online'],
  onlineDevice: ['evidence_failed_online_device'],
}

function stepsOf({ im, offline, online }: DeviceRecord): [keyof typeof NAMES, StageRecord | null | undefined][] {
  return [
    ['im', im],
    ['offline', offline?.offline],
    ['channel', offline?.channel],
    ['device', offline?.device],
    ['click', offline?.click],
    ['onlineChannel', online?.channel],
    ['onlineDevice', online?.device],
  ]
}

/** Lists the failed steps of a device that no sentence names with its code and text. */
function unnamed(record: DeviceRecord, sentences: Sentence[]): string[] {
  return stepsOf(record).flatMap(([name, step]) => {
    if (step?.status !== 'failed') return []
    const answer = [step.code, step.text].filter((part) => part !== null && part !== '').join(' ') || '—'
    const named = sentences.some(({ key, values }) => NAMES[name].includes(key) && values.answer === answer)
    return named ? [] : [`${name}: ${answer}`]
  })
}

const sentencesOf = ({ key, values, also, evidence }: Verdict): Sentence[] => [{ key, values }, ...also, ...evidence]
const kinds = fc.constantFrom<Delivery>('reported', 'partial', 'unreported', 'unknown')
const looked = { source: 'task', hints: hintsOf(''), sdkAppId: 1, nowS: PUSHED + 86_400 } as const

describe('every failed step is in the verdict or its evidence', () => {
  test('of every device of a trace', () => {
    fc.assert(
      fc.property(fc.array(anyDevice, { minLength: 1, maxLength: 4 }), kinds, (records, delivery) => {
        const sentences = sentencesOf(verdictOf(records, () => delivery, looked))
        expect(records.flatMap((record) => unnamed(record, sentences))).toEqual([])
      }),
      { numRuns: dose(4_000, 50_000) },
    )
  }, 600_000)

  test('of the newest attempt of every device of a user', () => {
    fc.assert(
      fc.property(anyUser, (facts) => {
        const sentences = sentencesOf(userVerdict(facts))
        const seen = new Set<string>()
        for (const { devices } of facts.traces) {
          const newest = devices.filter(({ instance }) => !seen.has(instance))
          expect(newest.flatMap((record) => unnamed(record, sentences))).toEqual([])
          for (const { instance } of devices) seen.add(instance)
        }
      }),
      { numRuns: dose(1_000, 50_000) },
    )
  }, 600_000)
})

test('no cause of a step that the push passed is offered, at any step of any trace', () => {
  const before = new Set(ENTRIES.filter(({ stage }) => stage === 'tencent').map(({ meaning }) => meaning))
  fc.assert(
    fc.property(anyDevice, kinds, (record, delivery) => {
      if (record.offline?.offline?.status === 'failed') return
      const passed = record.offline?.offline?.status === 'ok' || record.offline?.channel?.status !== 'failed'
      if (!passed) return
      const { evidence } = verdictOf([record], () => delivery, looked)
      expect(evidence.filter(({ values }) => values.meaning !== undefined && before.has(values.meaning))).toEqual([])
    }),
    { numRuns: dose(4_000, 50_000) },
  )
}, 600_000)
