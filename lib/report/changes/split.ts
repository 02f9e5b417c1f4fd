import type { Counts } from '@/lib/contract/records'
import type { Channel } from '@/lib/contract/vendors'
import type { RateKind } from './rate-hours'

/** The counts of one vendor in two periods. Vendor null is what Tencent's total has beyond the vendors. */
export interface SplitRow {
  vendor: string | null
  channel: Channel
  now: Pick<Counts, 'sendable' | 'sent' | 'delivered'>
  before: Pick<Counts, 'sendable' | 'sent' | 'delivered'>
}

/** The change of a rate over all vendors, as fractions. `mix` + Σ `vendors.rate` = `change`. */
export interface RateSplit {
  now: number
  before: number
  change: number
  /** What changed because vendors have other shares of the pushes now. */
  mix: number
  /** The pushes that the rate is of, in the period with fewer. */
  pushes: number
  /** What changed because a vendor's own rate is another one, weighted by its mean share. */
  vendors: { vendor: string | null; channel: Channel; rate: number }[]
}

/**
 * Splits the change of a rate between two periods into the mix of vendors and the rate of each vendor. Rates are weighted
 * by the mean share and shares by the mean rate, so that the parts add up and neither period is preferred. Returns null
 * where a count is unknown or a period has no pushes.
 */
export function splitRate(kind: RateKind, rows: readonly SplitRow[]): RateSplit | null {
  const parts = rows.flatMap(({ vendor, channel, now, before }) => {
    const pair = [countsOf(kind, now), countsOf(kind, before)]
    const [a, b] = pair
    return a && b ? [{ vendor, channel, now: a, before: b }] : []
  })
  if (parts.length < rows.length) return null
  const all = { now: totalOf(parts.map(({ now }) => now)), before: totalOf(parts.map(({ before }) => before)) }
  if (all.now.whole <= 0 || all.before.whole <= 0) return null
  let mix = 0
  const vendors = parts.map(({ vendor, channel, now, before }) => {
    const shares = { now: now.whole / all.now.whole, before: before.whole / all.before.whole }
    const rates = { now: rateOf(now, before), before: rateOf(before, now) }
    const ownMix = ((shares.now - shares.before) * (rates.now + rates.before)) / 2
    mix += ownMix
    // The rest is the change of its rate at its mean share, also where receipts came without a push.
    return { vendor, channel, rate: now.part / all.now.whole - before.part / all.before.whole - ownMix }
  })
  const now = all.now.part / all.now.whole
  const before = all.before.part / all.before.whole
  vendors.sort((a, b) => Math.abs(b.rate) - Math.abs(a.rate))
  return { now, before, change: now - before, mix, pushes: Math.min(all.now.whole, all.before.whole), vendors }
}

interface Part {
  whole: number
  part: number
}

function countsOf(kind: RateKind, { sendable, sent, delivered }: SplitRow['now']): Part | null {
  const [whole, part] = kind === 'send' ? [sendable, sent] : [sent, delivered]
  return whole === null || part === null ? null : { whole, part }
}

const totalOf = (parts: readonly Part[]): Part => ({
  whole: parts.reduce((sum, { whole }) => sum + whole, 0),
  part: parts.reduce((sum, { part }) => sum + part, 0),
})

/** A vendor without pushes in one period has the rate of the other: then only the mix has changed. */
function rateOf(own: Part, other: Part): number {
  const { whole, part } = own.whole === 0 ? other : own
  return whole === 0 ? 0 : part / whole
}

/** What a vendor sent and did not deliver in some time, and how much of it each code explains. */
export interface CodedLoss {
  sent: number
  lost: number
  codes: ReadonlyMap<string, number>
}

/** A code's part of the change of a vendor's delivery rate, as a fraction. Code null is the part without a code. */
export interface CodePart {
  code: string | null
  change: number
}

/**
 * Splits the change of a vendor's delivery rate by loss code, largest part first. The parts add up to the change. Returns
 * null where a period has no pushes.
 */
export function splitByCode(now: CodedLoss, before: CodedLoss): CodePart[] | null {
  if (now.sent <= 0 || before.sent <= 0) return null
  const part = (of: (one: CodedLoss) => number) => of(before) / before.sent - of(now) / now.sent
  const codes = [...new Set([...now.codes.keys(), ...before.codes.keys()])]
  const explained = ({ codes: own }: CodedLoss) => [...own.values()].reduce((sum, count) => sum + count, 0)
  const found: CodePart[] = codes.map((code) => ({ code, change: part((one) => one.codes.get(code) ?? 0) }))
  found.push({ code: null, change: part((one) => one.lost - explained(one)) })
  return found.sort((a, b) => Math.abs(b.change) - Math.abs(a.change))
}
