import type { DeviceRecord, OnlineRecord } from '@/lib/contract/records'
import type { Vendor } from '@/lib/contract/vendors'
import { hintsOf } from '@/lib/report/ids/id-hints'
import { iso } from '@/lib/report/range/iso-time'
import type { DeliveryOf } from './timeline'
import type { VendorHealth } from './vendor-health'
import { verdictOf } from './verdict'
import { type Sentence, sentenceOf, type Verdict } from './verdict-types'

/** A campaign traced for this user. `devices` is empty where Tencent has no record. `sentAt` is epoch seconds. */
export interface UserTrace {
  taskId: string
  sentAt: number | null
  devices: DeviceRecord[]
}

/** The current state of the account, or why it is unknown: no such user, feature off, no answer, request running. */
export type Presence = OnlineRecord['state'] | 'no_such_user' | 'off' | 'failed' | 'asking'

export interface UserFacts {
  presence: Presence
  /** Newest first. */
  traces: UserTrace[]
  /** Campaigns whose request is still running. */
  asking: number
  delivery: DeliveryOf
  health: VendorHealth[]
  sdkAppId: number
  /** Epoch seconds. */
  nowS: number
}

export interface UserVerdict extends Verdict {
  /** What was checked, and what was not. */
  tried: Sentence[]
}

interface Judged extends UserTrace {
  verdict: Verdict
  /** Epoch seconds of the sending; null where unknown. */
  at: number | null
  /** Epoch seconds of the last proof of arrival; null where there is none. */
  arrivedAt: number | null
  vendors: Vendor[]
}

type Finding = Omit<Verdict, 'evidence'>
type JudgedFacts = UserFacts & { judged: Judged[]; newest: Judged | null; fall: VendorHealth | null }

const WAITING = 'not_delivered_yet'
/** Verdicts that leave open how a push ended. */
const OPEN = ['handed_over', 'submitted', 'taken', 'no_steps', 'online_silent', 'none_arrived', 'maybe_switched_off']
export const isOpenEnd = (key: string | undefined): boolean =>
  key !== undefined && (OPEN.includes(key) || key === WAITING)
const isOpen = ({ verdict, arrivedAt }: Judged): boolean => arrivedAt === null && OPEN.includes(verdict.key)
const isWaiting = ({ verdict }: Judged): boolean => verdict.key === WAITING

/**
 * The first rule that applies decides: the account's state, then problems of a whole vendor, then how this user's
 * pushes ended.
 */
const RULES: ((facts: JudgedFacts) => Finding | null)[] = [
  noSuchUser,
  signedOut,
  vendorWide,
  arrived,
  online,
  newestStopped,
  background,
  noReport,
]

/**
 * Judges whether a user can be reached, in one sentence from what is stored. It is never more certain than its
 * evidence.
 */
export function userVerdict(facts: UserFacts): UserVerdict {
  const judged = judgedOf(facts)
  const newest = judged[0] ?? null
  const known: JudgedFacts = { ...facts, judged, newest, fall: fallOf(facts.health, newest) }
  const found = RULES.reduce<Finding | null>((verdict, rule) => verdict ?? rule(known), null) ?? CANNOT_TELL
  return { ...found, evidence: evidenceOf(known, found.key), tried: checksOf(known) }
}

/** Returns whether more traces are unnecessary: the user's vendor is known, and so is how the newest push ended. */
export function hasEnoughEvidence(facts: Pick<UserFacts, 'traces' | 'delivery' | 'sdkAppId' | 'nowS'>): boolean {
  const judged = judgedOf(facts)
  const [newest] = judged
  const stopped = newest !== undefined && !isOpen(newest) && !isWaiting(newest)
  const decided = stopped || judged.some(({ arrivedAt }) => arrivedAt !== null)
  return decided && judged.some(({ vendors }) => vendors.length > 0)
}

function judgedOf({
  traces,
  delivery,
  sdkAppId,
  nowS,
}: Pick<UserFacts, 'traces' | 'delivery' | 'sdkAppId' | 'nowS'>): Judged[] {
  return traces
    .filter(({ devices }) => devices.length > 0)
    .map((trace): Judged => {
      const { taskId, sentAt, devices } = trace
      const looked = { source: 'task', hints: hintsOf(taskId), sdkAppId, nowS } as const
      const pushed = devices.map(({ pushedAt }) => pushedAt).filter((at) => at !== null)
      return {
        ...trace,
        verdict: verdictOf(devices, delivery, looked),
        at: pushed.length > 0 ? Math.min(...pushed) : sentAt,
        arrivedAt: arrivalOf(devices),
        vendors: devices.flatMap(({ vendor, channel }) =>
          channel === 'online' || vendor === 'unknown' ? [] : [vendor],
        ),
      }
    })
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

/**
 * Finds a fall in deliveries of the user's vendor. It does not apply if a push arrived since it began, or the newest
 * push was sent after it ended.
 */
function fallOf(health: VendorHealth[], newest: Judged | null): VendorHealth | null {
  if (!newest) return null
  const own = health.find(({ vendor, fell }) => fell !== null && newest.vendors.includes(vendor))
  if (!own?.fell) return null
  const { from, to } = own.fell
  if (newest.arrivedAt !== null && newest.arrivedAt >= from) return null
  return to === null || (newest.at !== null && newest.at >= from && newest.at < to) ? own : null
}

function noSuchUser({ presence }: JudgedFacts): Finding | null {
  if (presence !== 'no_such_user') return null
  return { ...sentenceOf('user_unknown'), confidence: 'certain', next: 'next_check_user_id', actor: 'user' }
}

function signedOut({ presence }: JudgedFacts): Finding | null {
  if (presence !== 'offline') return null
  return { ...sentenceOf('user_signed_out'), confidence: 'certain', next: 'next_open_app', actor: 'user' }
}

function vendorWide({ fall }: JudgedFacts): Finding | null {
  if (!fall?.fell) return null
  const { vendor } = fall
  const { from, to } = fall.fell
  const sentence =
    to === null
      ? sentenceOf('user_vendor_wide', { vendor, begun: iso(from) })
      : sentenceOf('user_vendor_was', { vendor, begun: iso(from), ended: iso(to) })
  return { ...sentence, confidence: 'likely', next: 'next_vendor_wide', actor: 'console' }
}

/** An open end of a later push does not contradict an earlier arrival. */
function arrived({ judged, presence, nowS }: JudgedFacts): Finding | null {
  const lead = judged.find((one) => !isOpen(one))
  if (lead?.arrivedAt == null) return null
  const sentence = sentenceOf('user_delivered', { ago: String(Math.max(0, nowS - lead.arrivedAt) * 1_000) })
  // A past arrival is not certain for the present, unless the account is signed in.
  const confidence = presence === 'online' || presence === 'push_online' ? 'certain' : 'likely'
  return { ...sentence, confidence, next: 'next_ask_what_missing', actor: 'user' }
}

function online({ presence }: JudgedFacts): Finding | null {
  if (presence !== 'online') return null
  return { ...sentenceOf('user_online'), confidence: 'certain', next: 'next_ask_in_app', actor: 'user' }
}

/** Uses the newest push's own verdict where it did not end open. */
function newestStopped({ newest, presence }: JudgedFacts): Finding | null {
  if (!newest || isOpen(newest) || (isWaiting(newest) && presence === 'push_online')) return null
  const { key, values, confidence, next, actor } = newest.verdict
  return { key, values, confidence, next, actor }
}

function background({ presence }: JudgedFacts): Finding | null {
  if (presence !== 'push_online') return null
  return { ...sentenceOf('user_background'), confidence: 'likely', next: 'next_handed_over', actor: 'user' }
}

function noReport({ newest }: JudgedFacts): Finding | null {
  const [vendor] = newest?.vendors ?? []
  if (!newest || vendor === undefined) return null
  return { ...sentenceOf('user_silent', { vendor }), confidence: 'unknown', next: 'next_handed_over', actor: 'user' }
}

const CANNOT_TELL: Finding = {
  ...sentenceOf('user_cannot_tell'),
  confidence: 'unknown',
  next: 'next_chat_message',
  actor: 'user',
}

/** Lists the evidence. `sentence` is the key of the verdict itself, which is not repeated. */
function evidenceOf({ presence, judged, newest, health, fall }: JudgedFacts, sentence: string): Sentence[] {
  const lines: Sentence[] = []
  if (presence === 'online' || presence === 'push_online') lines.push(sentenceOf(`evidence_presence_${presence}`))
  if (newest?.at != null) lines.push(sentenceOf('evidence_newest', { at: iso(newest.at) }))
  if (newest) {
    const { key, values, evidence } = newest.verdict
    lines.push(...(key === sentence ? [] : [sentenceOf(key, values)]), ...evidence.slice(0, 1))
  }
  const received = judged.find(({ arrivedAt }) => arrivedAt !== null)
  if (received?.arrivedAt && received !== newest)
    lines.push(sentenceOf('evidence_received', { at: iso(received.arrivedAt) }))
  for (const { vendor, fell } of health) {
    if (!fell || vendor === fall?.vendor) continue
    lines.push(sentenceOf('evidence_vendor_fell', { vendor, begun: iso(fell.from) }))
  }
  return lines
}

function checksOf({ presence, traces, judged, asking, health }: JudgedFacts): Sentence[] {
  const count = (key: string, n: number) => sentenceOf(key, { n: String(n) })
  const nothing = traces.length - judged.length
  return [
    sentenceOf(`tried_presence_${presence ?? 'unread'}`),
    ...(judged.length > 0 ? [count('tried_traced', judged.length)] : []),
    ...(nothing > 0 ? [count('tried_nothing', nothing)] : []),
    ...(asking > 0 ? [count('tried_asking', asking)] : []),
    ...(traces.length + asking === 0 ? [sentenceOf('tried_no_campaign')] : []),
    health.length > 0 ? count('tried_health', health.length) : sentenceOf('tried_no_health'),
  ]
}
