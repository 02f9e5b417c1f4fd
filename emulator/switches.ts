/** What Tencent's documents leave open: every reading of them can be switched on. */
export interface Switches {
  /** Whether delivered, clicked and lost count in the window of sending or in that of their own second. */
  countBy: 'sending' | 'event'
  /** `day`: nothing of the current day is known before its end. */
  lag: 'none' | 'day'
  /** Windows are widened to whole units of this. */
  grain: 'second' | 'minute' | 'hour' | 'day'
  endTime: 'exclusive' | 'inclusive'
  /** Of the zoneless times in traces, and of the days above. */
  utcOffset: string
  /** The totals given differ from the sum over vendors. */
  totalsDisagree: boolean
  /** `normal_push_loss` puts its arrays inside `Results` rather than at the root. */
  nestedLoss: boolean
  /** 90045 for every call: the service is not enabled. */
  notEnabled: boolean
  /** 90009 for every call: the administrator lacks the permission. */
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

/** Throws a sentence for an unknown name or value, so that a misspelt switch is never silently off. */
export function changeSwitches(switches: Switches, change: object): Switches {
  for (const [name, value] of Object.entries(change)) {
    if (!(name in CHOICES)) throw new Error(`no switch ${name}; there are: ${Object.keys(CHOICES).join(', ')}`)
    const allowed: readonly unknown[] | RegExp = CHOICES[name as keyof Switches]
    const fits = allowed instanceof RegExp ? allowed.test(String(value)) : allowed.includes(value)
    if (!fits) throw new Error(`switch ${name} cannot be ${JSON.stringify(value)}`)
  }
  return { ...switches, ...change }
}

/** Seconds east of UTC of an offset like +08:00. */
export function offsetSeconds(offset: string): number {
  const seconds = Number(offset.slice(1, 3)) * 3_600 + Number(offset.slice(4, 6)) * 60
  return offset.startsWith('-') ? -seconds : seconds
}
