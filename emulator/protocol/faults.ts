import type { Endpoint } from './admission'

export const FAULT_KINDS = [
  'latency',
  'hang',
  'reset',
  'http502',
  'invalidJson',
  'code',
  'decreasing',
  'late',
  'truncate',
  'drip',
  'huge',
  'unknownPlatform',
  'missingArrays',
  'duplicateRows',
  'numbersAsStrings',
  'strangeText',
] as const
export type FaultKind = (typeof FAULT_KINDS)[number]

/** Something to go wrong with accepted calls. What the optional fields mean stands in README.md. */
export interface Fault {
  kind: FaultKind
  endpoint: Endpoint | '*'
  sdkAppId?: number
  /** How many calls it meets; without it, every call until the faults are reset. */
  times?: number
  ms?: number
  code?: number
  text?: string
  factor?: number
  extra?: number
  platform?: number
  variant?: 'trailingComma' | 'anonymousObject'
  gzip?: boolean
}

/** The faults waiting. Kinds act together; of one kind the oldest goes first. */
export class Faults {
  private list: Fault[] = []

  add(fault: Fault): void {
    this.list.push({ ...fault })
  }

  all(): readonly Fault[] {
    return this.list
  }

  reset(): void {
    this.list = []
  }

  /** Takes what is to happen to one call. */
  take(sdkAppId: number, endpoint: Endpoint): Fault[] {
    const meets = (fault: Fault) =>
      (fault.endpoint === '*' || fault.endpoint === endpoint) &&
      (fault.sdkAppId === undefined || fault.sdkAppId === sdkAppId)
    const taken = FAULT_KINDS.flatMap((kind) => this.list.find((fault) => fault.kind === kind && meets(fault)) ?? [])
    for (const fault of taken) if (fault.times !== undefined) fault.times--
    this.list = this.list.filter(({ times }) => times === undefined || times > 0)
    return taken
  }
}
