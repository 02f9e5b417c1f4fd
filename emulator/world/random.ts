/** Hashes integers into 32 evenly distributed bits. The same parts always give the same bits. */
export function mix(...parts: number[]): number {
  let h = 0x9e3779b9
  for (const part of parts) {
    h = Math.imul(h ^ (part >>> 0), 0x85ebca6b)
    h = Math.imul(h ^ Math.floor(part / 4_294_967_296) ^ (h >>> 13), 0xc2b2ae35)
    h ^= h >>> 16
  }
  return h >>> 0
}

/** Returns `digits` hexadecimal digits of the same hash, for identifiers. */
export function hex(digits: number, ...parts: number[]): string {
  let text = ''
  for (let i = 0; text.length < digits; i++)
    text += mix(...parts, i)
      .toString(16)
      .padStart(8, '0')
  return text.slice(0, digits)
}

/** A seeded generator (mulberry32), so that the world is the same on every machine and in every run. */
export class SeededRandom {
  constructor(private state: number) {}

  /** Returns a fraction in [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let t = this.state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }

  /** Returns an integer in [from, to). */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  /** Returns an index of `weights`, chosen in proportion to them. */
  weighted(weights: readonly number[]): number {
    let rest = this.next() * weights.reduce((sum, weight) => sum + weight, 0)
    for (let i = 0; i < weights.length; i++) {
      rest -= weights[i] ?? 0
      if (rest < 0) return i
    }
    return weights.length - 1
  }
}
