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

/** A fault for accepted calls. README.md explains the optional fields. */
export interface Fault {
  kind: FaultKind
  endpoint: Endpoint | '*'
  sdkAppId?: number
  /** The number of calls it affects; without it, every call until the faults are reset. */
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

/** The queue of faults. Different kinds apply together; within one kind, the oldest applies first. */
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

  /** Returns the faults for one call and counts them as used. */
  take(sdkAppId: number, endpoint: Endpoint): Fault[] {
    const matches = (fault: Fault) =>
      (fault.endpoint === '*' || fault.endpoint === endpoint) &&
      (fault.sdkAppId === undefined || fault.sdkAppId === sdkAppId)
    const taken = FAULT_KINDS.flatMap((kind) => this.list.find((fault) => fault.kind === kind && matches(fault)) ?? [])
    for (const fault of taken) if (fault.times !== undefined) fault.times--
    this.list = this.list.filter(({ times }) => times === undefined || times > 0)
    return taken
  }
}
