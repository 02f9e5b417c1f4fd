/** Signs to try for a part of a pattern that takes several. */
const SIGNS = [...'a0A \t\n-_/&?=."\':,;%{[<(@#+\\한日é\u200b']
const MANY = 30

interface Part {
  /** A short text that the part accepts. */
  sample: string
  /** What to repeat: the text before it, and signs that its quantifier accepts. */
  pumps: { before: string; units: string[] }[]
}

/** A text of any length: a beginning, then the same again and again. */
export interface Attack {
  before: string
  unit: string
}

/**
 * Returns texts that make a pattern work hard: its own beginnings, repeated. They are built from the parts of the pattern.
 */
export function attacksOn({ source, flags }: RegExp): Attack[] {
  const { sample, pumps } = new Reader(source, flags.replace(/[gyd]/g, '')).alternatives('')
  const attacks = new Map<string, Attack>()
  const add = (before: string, unit: string) => {
    if (unit !== '') attacks.set(JSON.stringify([before, unit]), { before, unit })
  }
  add('', sample)
  for (const { before, units } of pumps) {
    add('', before)
    for (const unit of units) {
      add(before, unit)
      add('', before + unit)
      add('', before + unit.repeat(8))
    }
  }
  return [...attacks.values()]
}

/** Returns a text of an attack, with an end that few patterns accept. */
export function textOf({ before, unit }: Attack, length: number): string {
  return `${before}${unit.repeat(Math.ceil(Math.max(0, length - before.length) / unit.length))}\u0001`
}

/** Reads a pattern far enough to write texts that it almost accepts. */
class Reader {
  private at = 0
  constructor(
    private readonly source: string,
    private readonly flags: string,
  ) {}

  /** Reads alternatives up to the end or a closing bracket. `before` is what the text already has. */
  alternatives(before: string): Part {
    const parts = [this.sequence(before)]
    while (this.source[this.at] === '|') {
      this.at++
      parts.push(this.sequence(before))
    }
    const pumps = parts.flatMap((part) => part.pumps)
    return { sample: parts.find(({ sample }) => sample !== '')?.sample ?? '', pumps }
  }

  private sequence(before: string): Part {
    let sample = ''
    const pumps: Part['pumps'] = []
    while (this.at < this.source.length && !'|)'.includes(this.source.charAt(this.at))) {
      const begin = this.at
      const atom = this.atom(before + sample)
      const text = this.source.slice(begin, this.at)
      const [least, most] = this.quantifier()
      if (most >= MANY) pumps.push({ before: before + sample, units: this.units(text, atom.sample) })
      pumps.push(...atom.pumps)
      // At least once, so that later parts have their usual beginning.
      sample += atom.sample.repeat(Math.max(1, Math.min(least, MANY)))
    }
    return { sample, pumps }
  }

  private atom(before: string): Part {
    const none: Part = { sample: '', pumps: [] }
    const rest = this.source.slice(this.at)
    const open = /^\((?:\?(<?[=!])|\?:|\?<\w+>)?/.exec(rest)
    if (open) {
      this.at += open[0].length
      const inside = this.alternatives(before)
      this.at++
      return open[1] ? { sample: '', pumps: inside.pumps } : inside
    }
    const [text = ''] =
      /^(?:\[(?:\\.|[^\]\\])*\]|\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[\da-f]{4}|\\x[\da-f]{2}|\\k<\w+>|\\.|.)/isu.exec(
        rest,
      ) ?? []
    this.at += text.length
    if (/^(?:\^|\$|\\[bB]|\\k.*|\\[1-9])$/.test(text)) return none
    return { sample: this.units(text, '')[0] ?? '', pumps: [] }
  }

  private quantifier(): [least: number, most: number] {
    const found = /^(?:([*+?])|\{(\d+)(,(\d*))?\})\??/.exec(this.source.slice(this.at))
    if (!found) return [1, 1]
    this.at += found[0].length
    const [, sign, least = '0', comma, most] = found
    if (sign) return [sign === '+' ? 1 : 0, sign === '?' ? 1 : Number.POSITIVE_INFINITY]
    return [Number(least), comma === undefined ? Number(least) : most ? Number(most) : Number.POSITIVE_INFINITY]
  }

  /** Returns the signs that a part accepts alone, up to eight, else its sample. */
  private units(part: string, sample: string): string[] {
    const alone = new RegExp(`^(?:${part})$`, this.flags)
    const own = [...part.replace(/\\/g, '')]
    const accepted = [...new Set([...own, ...SIGNS])].filter((sign) => alone.test(sign))
    return accepted.length > 0 ? accepted.slice(0, 8) : [sample]
  }
}
