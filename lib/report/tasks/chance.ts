import { MIN_VOLUME } from '@/lib/contract/limits'

/** A part of a whole, as counts: 300 delivered of 500 sent. */
export interface Proportion {
  part: number
  whole: number
}

/** The difference of two rates, as fractions, with the interval that holds it with 99 % confidence. */
export interface RateDifference {
  difference: number
  low: number
  high: number
  /** The interval does not contain 0. */
  beyondChance: boolean
}

/** 99 %: a comparison of four campaigns by three rates makes nine tests, and few of them may be wrong. */
const Z = 2.5758

/**
 * Returns the difference of two rates, `b` minus `a`, with Newcombe's interval from Wilson's score intervals (method 10
 * of Newcombe 1998). Null where a side is below the minimum volume, or its part is not within its whole.
 */
export function differenceBetween(a: Proportion, b: Proportion): RateDifference | null {
  if (!isComparable(a) || !isComparable(b)) return null
  const [from, to] = [wilson(a), wilson(b)]
  const difference = to.rate - from.rate
  const low = difference - Math.hypot(to.rate - to.low, from.high - from.rate)
  const high = difference + Math.hypot(to.high - to.rate, from.rate - from.low)
  return { difference, low, high, beyondChance: low > 0 || high < 0 }
}

const isComparable = ({ part, whole }: Proportion) => whole >= MIN_VOLUME && part >= 0 && part <= whole

function wilson({ part, whole }: Proportion): { rate: number; low: number; high: number } {
  const rate = part / whole
  const square = Z * Z
  const middle = (part + square / 2) / (whole + square)
  const half = (Z / (whole + square)) * Math.sqrt((part * (whole - part)) / whole + square / 4)
  return { rate, low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}
