import type { DeviceRecord } from '@/lib/contract/records'
import type { Vendor } from '@/lib/contract/vendors'
import { hintsOf } from '@/lib/report/ids/id-hints'
import { type DeliveryOf, withCertificates } from './delivery-of'
import { deviceVerdict } from './device-verdict'
import { verdictOf } from './verdict'
import type { Verdict } from './verdict-types'

/** A campaign traced for this user. `devices` is empty where Tencent has no record. `sentAt` is epoch seconds. */
export interface UserTrace {
  taskId: string
  sentAt: number | null
  devices: DeviceRecord[]
}

/** What one device got of one campaign. */
export interface Attempt {
  record: DeviceRecord
  verdict: Verdict
}

/** A traced campaign with a record of this user. */
export interface JudgedTrace extends UserTrace {
  verdict: Verdict
  attempts: Attempt[]
  /** Epoch seconds of the sending; null where unknown. */
  at: number | null
  /** Epoch seconds of the last proof of arrival; null where there is none. */
  arrivedAt: number | null
}

/** What the judgement of traces rests on. `traces` are newest first. */
export interface TraceFacts {
  traces: UserTrace[]
  delivery: DeliveryOf
  sdkAppId: number
  /** Epoch seconds. */
  nowS: number
}

const WAITING = 'not_delivered_yet'
/** Verdicts that leave open how a push ended. */
const OPEN = ['handed_over', 'submitted', 'taken', 'no_steps', 'online_silent', 'none_arrived', 'maybe_switched_off']

/** Whether a verdict leaves open how a push ended. */
export const isOpenEnd = (key: string | undefined): boolean =>
  key !== undefined && (OPEN.includes(key) || key === WAITING)

/** Whether no device got the push and how it ended is open for one of them. */
export const isOpen = ({ attempts, arrivedAt }: JudgedTrace): boolean =>
  arrivedAt === null && attempts.some(({ verdict }) => OPEN.includes(verdict.key))

/** Whether the push is still on its way, as far as anybody knows. */
export const isWaiting = ({ verdict }: JudgedTrace): boolean => verdict.key === WAITING

/** Judges the traces that have a record of this user, newest first. */
export function judgedTraces({ traces, delivery, sdkAppId, nowS }: TraceFacts): JudgedTrace[] {
  const found = traces.filter(({ devices }) => devices.length > 0)
  const known = withCertificates(
    delivery,
    found.flatMap(({ devices }) => devices),
  )
  return found.map((trace): JudgedTrace => {
    const { taskId, sentAt, devices } = trace
    const pushed = devices.map(({ pushedAt }) => pushedAt).filter((at) => at !== null)
    return {
      ...trace,
      verdict: verdictOf(devices, known, { source: 'task', hints: hintsOf(taskId), sdkAppId, nowS }),
      attempts: devices.map((record) => ({ record, verdict: deviceVerdict(record, known) })),
      at: pushed.length > 0 ? Math.min(...pushed) : sentAt,
      arrivedAt: arrivalOf(devices),
    }
  })
}

/**
 * Returns the newest attempt of every device, newest first. A device without an ID is known by its vendor. A
 * device that one trace lists twice keeps both attempts, because nothing says which is the newer.
 */
export function newestAttempts(judged: readonly JudgedTrace[]): Attempt[] {
  const seen = new Set<string>()
  return judged.flatMap(({ attempts }) => {
    const own = attempts.filter(({ record }) => !seen.has(deviceKey(record)))
    for (const { record } of attempts) seen.add(deviceKey(record))
    return own
  })
}

const deviceKey = ({ instance, vendor }: DeviceRecord): string => instance || vendor

/** Returns the vendors whose channel a user's devices use, those of the newest campaign first. */
export function vendorsOf(attempts: readonly Attempt[]): Vendor[] {
  const used = attempts.filter(({ record }) => record.channel !== 'online' && record.vendor !== 'unknown')
  return [...new Set(used.map(({ record }) => record.vendor))]
}

/**
 * Returns the last time, in epoch seconds, at which a step proves arrival on one of these devices; null without proof.
 */
export function arrivalOf(devices: DeviceRecord[]): number | null {
  const proofs = devices.flatMap(({ pushedAt, offline, online: own }) =>
    [offline?.device, offline?.click, own?.device].flatMap((step) =>
      step?.status === 'ok' ? [step.at ?? pushedAt ?? 0] : [],
    ),
  )
  return proofs.length > 0 ? Math.max(...proofs) : null
}

/** Returns whether more traces are unnecessary: the user's vendor is known, and so is how the newest push ended. */
export function hasEnoughEvidence(facts: TraceFacts): boolean {
  const judged = judgedTraces(facts)
  const [newest] = judged
  const stopped = newest !== undefined && !isOpen(newest) && !isWaiting(newest)
  const decided = stopped || judged.some(({ arrivedAt }) => arrivedAt !== null)
  return decided && judged.some(({ attempts }) => vendorsOf(attempts).length > 0)
}
