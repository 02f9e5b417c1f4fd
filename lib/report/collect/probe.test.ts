import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, HOUR } from '@/lib/contract/limits'
import { addUp, countedBy, endStep, isDecisive, lagOf, offsetFrom, otherOffset, UNITS, type Unit } from './probe'

const T0 = Date.parse('2026-11-18T16:00:00Z') / 1_000

describe('parts and their whole', () => {
  test('add up, within the tolerance for borders', () => {
    expect(addUp([400, 600], 1_000)).toBe('add_up')
    expect(addUp([400, 609], 1_000)).toBe('add_up')
    expect(addUp([400, 620], 1_000)).toBe('differ')
    expect(addUp([1_000, 1_000], 1_000)).toBe('differ')
    expect(addUp([0, 0], 1_000)).toBe('differ')
  })

  test('give no result if too little was sent or a part is unknown', () => {
    expect(addUp([100, 99], 199)).toBeNull()
    expect(addUp([400, null], 1_000)).toBeNull()
    expect(addUp([400, 600], null)).toBeNull()
    expect(addUp([], 1_000)).toBeNull()
  })
})

describe('EndTime', () => {
  /** Simulates an upstream that widens windows to a unit and includes or excludes the second of EndTime. */
  function upstream(at: number, unit: Unit, included: boolean, offsetMin: number) {
    const step = UNITS[unit]
    const shift = offsetMin * 60
    return (end: number) => {
      const last = included ? end : end - 1
      const to = Math.floor((last + shift) / step) * step + step - shift
      return at < to ? 500 : 0
    }
  }

  function found(at: number, answer: (end: number) => number | null, offsetMin: number) {
    const sent = new Map<number, number | null>()
    for (let calls = 0; calls <= 8; calls++) {
      const step = endStep(at, sent, offsetMin)
      if ('found' in step) return { ...step.found, calls }
      sent.set(step.ask, answer(step.ask))
    }
    throw new Error('no result after 8 calls')
  }

  const units = Object.keys(UNITS) as Unit[]
  test('is found for every unit and any second of sending, within six calls', () => {
    const offsets = [-210, 0, 480, 540]
    fc.assert(
      fc.property(
        fc.integer({ min: T0, max: T0 + DAY }),
        fc.constantFrom(...units),
        fc.boolean(),
        fc.constantFrom(...offsets),
        (at, unit, included, offsetMin) => {
          fc.pre(isDecisive(at, offsetMin))
          const { calls, ...end } = found(at, upstream(at, unit, included, offsetMin), offsetMin)
          expect(end).toEqual({ end: included ? 'included' : 'excluded', unit })
          expect(calls).toBeLessThanOrEqual(6)
        },
      ),
    )
  })

  test('stays unknown if no window contains the task or an answer has no count', () => {
    expect(found(T0 + 30, () => 0, 480)).toEqual({ calls: 3 })
    expect(found(T0 + 30, () => null, 480)).toEqual({ calls: 1 })
    expect(found(T0 + 30, () => 9, 480)).toEqual({ calls: 2 })
  })
})

describe('counted by', () => {
  test('time of event, if a day without sending has deliveries or clicks', () => {
    expect(countedBy({ sent: 5_000 }, { sent: 0, delivered: 3, clicked: 0 })).toBe('event')
    expect(countedBy({ sent: 5_000 }, { sent: 0, delivered: 0, clicked: 1 })).toBe('event')
  })

  test('time of sending, if it has none although the volume was large', () => {
    expect(countedBy({ sent: 5_000 }, { sent: 0, delivered: 0, clicked: 0 })).toBe('sending')
    expect(countedBy({ sent: 900 }, { sent: 0, delivered: 0, clicked: 0 })).toBeNull()
    expect(countedBy({ sent: 5_000 }, { sent: 0, delivered: null, clicked: 0 })).toBeNull()
    expect(countedBy({ sent: 5_000 }, { sent: 7, delivered: 7, clicked: 0 })).toBeNull()
  })
})

describe('statistics that are a day late', () => {
  const hour = (i: number, sent: number | null) => ({ from: T0 + i * HOUR, fetchedAt: T0 + DAY, sent })
  const nowS = T0 + 3 * DAY + 5 * HOUR

  test('show as a day without pushes after busy days; a single push disproves it', () => {
    const before = [0, 1, 2, 3].map((i) => hour(24 + i, 300))
    const today = [0, 1, 2, 3].map((i) => hour(72 + i, 0))
    expect(lagOf([...before, ...today], nowS, 480)).toBe('day')
    expect(lagOf([...before, ...today.slice(1), hour(72, 1)], nowS, 480)).toBe('none')
    expect(lagOf([...before.slice(1), ...today], nowS, 480)).toBeNull()
    expect(lagOf([], nowS, 480)).toBeNull()
  })
})

describe('the offset of zoneless times', () => {
  test('is the one that moves the time of a push to the second in its ID, within the sending delay', () => {
    const sentAt = T0 + 1_234
    for (const set of [480, 0, -210]) {
      for (const real of [-300, -210, 0, 345, 480, 540]) {
        for (const delay of [-30, 0, 200, 540]) {
          const read = sentAt + delay + (real - set) * 60
          expect(offsetFrom(read, sentAt, set)).toBe(real)
        }
      }
    }
  })

  test('is not derived from a slow push, nor outside the offsets that exist', () => {
    expect(offsetFrom(T0 + 700, T0, 480)).toBeNull()
    expect(offsetFrom(T0 + 20 * HOUR, T0, 480)).toBeNull()
  })

  test('is reported when three look-ups agree', () => {
    expect(otherOffset([540, 540, 540], 480)).toBe(540)
    expect(otherOffset([540, 540], 480)).toBeNull()
    expect(otherOffset([540, 540, 480], 480)).toBeNull()
    expect(otherOffset([480, 480, 480], 480)).toBeNull()
  })
})
