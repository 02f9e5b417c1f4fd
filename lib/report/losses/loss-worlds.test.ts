import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HOUR } from '@/lib/contract/limits'
import { lossStageReply } from '@/lib/contract/losses'
import type { LossRow, VendorCounts } from '@/lib/contract/records'
import type { Vendor } from '@/lib/contract/vendors'
import { type ReportingPeriod, reportingOf } from '@/lib/report/funnel/reporting'
import titles from '@/messages/en/reasons.json'
import { lossReport } from './loss-report'
import type { LossWindow } from './loss-vendors'
import { topReason } from './top-reason'

const VENDORS = ['xiaomi', 'apns', 'oppo', 'fcm', 'platform_9'] as const satisfies Vendor[]

const loss = fc.record({
  stage: fc.constantFrom('ready_to_send' as const, 'post_send' as const),
  vendor: fc.constantFrom<Vendor | null>(...VENDORS, null),
  code: fc.constantFrom('-1', '-2', '1', '16', '410', 'UNREGISTERED', '', '987654'),
  text: fc.constantFrom('', 'regid_invalid', 'internal error', 'Certificate id not set', '没有上传token'),
  count: fc.nat(500),
})
const counts = fc.record({ sendable: fc.nat(2_000), sent: fc.nat(2_000), delivered: fc.nat(2_000), clicked: fc.nat(9) })
const rows = fc.uniqueArray(fc.record({ vendor: fc.constantFrom(...VENDORS), counts }), {
  selector: ({ vendor }) => vendor,
  maxLength: 5,
})

/** One hour: its losses and its counts, whose rows need not add up to the total. */
const hour = fc.record({ losses: fc.array(loss, { maxLength: 8 }), total: counts, rows, reasonsGone: fc.boolean() })
/** A vendor's receipts begin or end at an hour of the world, or never. */
const split = fc.record({ vendor: fc.constantFrom(...VENDORS), at: fc.nat(5), begins: fc.boolean() })
const world = fc.record({
  hours: fc.array(hour, { minLength: 1, maxLength: 5 }),
  splits: fc.uniqueArray(split, { selector: ({ vendor }) => vendor }),
  recent: fc.array(fc.nat(300), { minLength: 5, maxLength: 5 }),
})
type World = typeof world extends fc.Arbitrary<infer T> ? T : never

function windowsOf({ hours }: World): LossWindow[] {
  return hours.map(({ losses, total, rows: own, reasonsGone }, i) => ({
    from: i * HOUR,
    to: (i + 1) * HOUR,
    reasonsGone,
    record: reasonsGone
      ? null
      : {
          task: '',
          absent: [],
          rows: losses.map((one): LossRow => ({ ...one, channel: one.vendor && 'offline' })),
        },
    counts: {
      total,
      rows: own.map(({ vendor, counts: four }): VendorCounts => ({ vendor, channel: 'offline', ...four })),
    },
  }))
}

/** Every vendor has a history, so that only the history decides. */
function reportingIn({ splits, recent }: World) {
  const periods = splits.flatMap(({ vendor, at, begins }): ReportingPeriod[] => {
    const [before, after] = begins ? (['unreported', 'reported'] as const) : (['reported', 'unreported'] as const)
    const place = { vendor, channel: 'offline' as const }
    return [
      { ...place, from: -Infinity, to: at * HOUR, delivery: before },
      { ...place, from: at * HOUR, to: Infinity, delivery: after },
    ]
  })
  const past = VENDORS.map((vendor, i) => ({
    vendor,
    channel: 'offline' as const,
    sent: 900,
    delivered: recent[i] ?? 0,
    clicked: 0,
  }))
  return reportingOf({ recent: past, periods })
}

const report = (one: World, windows = windowsOf(one), vendor?: string) =>
  lossReport({ windows, reporting: reportingIn(one), titles: titles.title, vendor })

/** Returns NaN for an unknown count, so that a sum with it equals nothing. */
const add = (numbers: (number | null)[]) => numbers.reduce<number>((sum, one) => sum + (one ?? Number.NaN), 0)
const SUMS = ['lost', 'explained', 'unexplained', 'notReported', 'unavailable'] as const
const holds = (check: (one: World) => void) => fc.assert(fc.property(world, check), { numRuns: 120 })

describe('in any world', () => {
  test('explained + unexplained = lost, of each stage and of each vendor', () => {
    holds((one) => {
      for (const stage of report(one)) {
        lossStageReply.parse(stage)
        for (const line of [stage, ...stage.vendors]) {
          if (line.lost !== null && line.explained !== null)
            expect(add([line.explained, line.unexplained])).toBe(line.lost)
        }
      }
    })
  })

  test('vendor rows add up to the line above them', () => {
    holds((one) => {
      for (const stage of report(one)) {
        for (const key of ['lost', 'explained', 'unexplained', 'notReported'] as const) {
          const sum = add(stage.vendors.map((row) => row[key]))
          if (stage.vendors.length > 0 && !Number.isNaN(sum) && stage[key] !== null) expect(sum).toBe(stage[key])
        }
      }
    })
  })

  test('windows with equal content have equal sums, whatever else is in the range', () => {
    fc.assert(
      fc.property(world, fc.nat(5), (one, cut) => {
        const all = windowsOf(one)
        const [left, right, whole] = [all.slice(0, cut), all.slice(cut), all].map((windows) => report(one, windows))
        if (cut === 0 || cut >= all.length) return
        for (const [i, stage] of (whole ?? []).entries()) {
          for (const key of SUMS) {
            const parts = add([left?.[i]?.[key] ?? null, right?.[i]?.[key] ?? null])
            // A vendor without any row is unknown on its own and sent nothing beside its other rows.
            if (!Number.isNaN(parts) && stage[key] !== null) expect(stage[key]).toBe(parts)
          }
        }
      }),
      { numRuns: 120 },
    )
  })

  test('shares, cumulative shares and the sum below count the same', () => {
    holds((one) => {
      for (const { reasons, lost, explained, unexplained, unexplainedShare } of report(one)) {
        if (reasons === null || explained === null) continue
        expect(add(reasons.map((row) => row.explained))).toBe(explained)
        const whole = Math.max(lost ?? 0, explained)
        const inside = reasons.filter(({ share }) => share !== null)
        if (whole > 0 && inside.length > 0) {
          const isRestLast = (unexplained ?? 0) <= (inside.at(-1)?.explained ?? 0)
          const reached = (explained + (isRestLast ? 0 : (unexplained ?? 0))) / whole
          expect(inside.at(-1)?.cumulative).toBeCloseTo(reached)
          expect(reached + (isRestLast ? (unexplainedShare ?? 0) : 0)).toBeCloseTo(1)
          expect(add(inside.map(({ share }) => share))).toBeCloseTo(explained / whole)
        }
        const counted = reasons.filter((row) => row.explained !== 0 || row.count === 0)
        if (whole > 0) expect(inside.length).toBe(counted.length)
      }
    })
  })

  test('the top reason explains a part of the loss, and none explains more', () => {
    holds((one) => {
      for (const stage of report(one)) {
        const top = topReason(stage)
        const causes = new Map<string, number>()
        for (const { code, text, explained, reason } of stage.reasons ?? []) {
          const cause = reason.key ?? JSON.stringify([code, text])
          causes.set(cause, (causes.get(cause) ?? 0) + (explained ?? 0))
        }
        const parts = [...causes.values()]
        if (top) expect(top.explained).toBe(Math.max(...parts))
        else expect(stage.lost !== null && stage.lost <= 0 ? 0 : Math.max(0, ...parts)).toBe(0)
      }
    })
  })

  test('the top reason leaves out codes that people know about, not the whole cause', () => {
    const row = (code: string, key: string, explained: number, isKnown = false) => ({
      ...{ code, text: '', explained, share: explained / 1_000 },
      ...{ reason: { key }, known: isKnown ? { until: '', note: '', doubled: false } : null },
    })
    const rows = [row('C', 'cap', 100), row('B', 'token', 10), row('D', 'token', 20), row('A', 'token', 500, true)]
    const top = (reasons: typeof rows) => topReason({ lost: 1_000, reasons: reasons as never })
    expect(top(rows)).toMatchObject({ code: 'C', explained: 100 })
    expect(top(rows.slice(1))).toMatchObject({ code: 'D', explained: 30 })
  })

  test('the losses of one vendor are those of its row', () => {
    holds((one) => {
      const whole = report(one)
      for (const vendor of VENDORS) {
        for (const [i, stage] of report(one, undefined, vendor).entries()) {
          const row = whole[i]?.vendors.find((line) => line.vendor === vendor)
          if (row) expect([stage.lost, stage.vendors]).toEqual([row.lost, [row]])
        }
      }
    })
  })
})
