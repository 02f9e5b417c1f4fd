/** What Tencent's documents leave open. Each possible reading can be switched on. */
export interface Switches {
  /** Whether delivered, clicked and lost count at the time of sending or at their own time. */
  countBy: 'sending' | 'event'
  /** `day`: the current day becomes visible only after it ends. */
  lag: 'none' | 'day'
  /** Windows are widened to whole units of this size. */
  grain: 'second' | 'minute' | 'hour' | 'day'
  endTime: 'exclusive' | 'inclusive'
  /** The offset of zoneless times in traces, and of the days above. */
  utcOffset: string
  /** Whether the totals differ from the sum over vendors. */
  totalsDisagree: boolean
  /** Whether `normal_push_loss` puts its arrays inside `Results` instead of at the root. */
  nestedLoss: boolean
  /** Whether every call answers 90045: the service is not enabled. */
  notEnabled: boolean
  /** Whether every call answers 90009: the administrator lacks the permission. */
  notAllowed: boolean
}

const CHOICES: { [K in keyof Switches]: readonly Switches[K][] | RegExp } = {
  countBy: ['sending', 'event'],
  lag: ['none', 'day'],
  grain: ['minute', 'second', 'hour', 'day'],
  endTime: ['exclusive', 'inclusive'],
  utcOffset: /^[+-]\d{2}:\d{2}$/,
  totalsDisagree: [false, true],
  nestedLoss: [false, true],
  notEnabled: [false, true],
  notAllowed: [false, true],
}

export const DEFAULT_SWITCHES: Switches = {
  countBy: 'sending',
  lag: 'none',
  grain: 'minute',
  endTime: 'exclusive',
  utcOffset: '+08:00',
  totalsDisagree: false,
  nestedLoss: false,
  notEnabled: false,
  notAllowed: false,
}

/** Returns the switches with a change applied. Throws for an unknown name or value, so that a misspelt switch is never ignored. */
export function changeSwitches(switches: Switches, change: object): Switches {
  for (const [name, value] of Object.entries(change)) {
    if (!(name in CHOICES))
      throw new Error(`unknown switch ${name}; the switches are: ${Object.keys(CHOICES).join(', ')}`)
    const allowed: readonly unknown[] | RegExp = CHOICES[name as keyof Switches]
    const fits = allowed instanceof RegExp ? allowed.test(String(value)) : allowed.includes(value)
    if (!fits) throw new Error(`switch ${name} cannot be ${JSON.stringify(value)}`)
  }
  return { ...switches, ...change }
}

/** Converts an offset such as +08:00 to seconds east of UTC. */
export function offsetSeconds(offset: string): number {
  const seconds = Number(offset.slice(1, 3)) * 3_600 + Number(offset.slice(4, 6)) * 60
  return offset.startsWith('-') ? -seconds : seconds
}
