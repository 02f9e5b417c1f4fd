import type { DeviceRecord, OnlineRecord } from '@/lib/contract/records'
import type { Vendor } from '@/lib/contract/vendors'
import { hintsOf } from '@/lib/report/ids/id-hints'
import { iso } from '@/lib/report/range/iso-time'
import type { DeliveryOf } from './timeline'
import type { VendorHealth } from './vendor-health'
import { verdictOf } from './verdict'
import { type Sentence, sentenceOf, type Verdict } from './verdict-types'

/** A campaign traced for this user; no devices where nothing of it was recorded for her. `sentAt` is epoch seconds. */
export interface UserTrace {
  taskId: string
  sentAt: number | null
  devices: DeviceRecord[]
}

/** The account's state now; or why it is not known: Tencent knows no such user, switched off, no answer, still asking. */
export type Presence = OnlineRecord['state'] | 'no_such_user' | 'off' | 'failed' | 'asking'

export interface UserFacts {
  presence: Presence
  /** The newest first. */
  traces: UserTrace[]
  /** Campaigns that are still being asked about. */
  asking: number
  delivery: DeliveryOf
  health: VendorHealth[]
  sdkAppId: number
  /** Epoch seconds. */
  nowS: number
}

export interface UserVerdict extends Verdict {
  /** What was looked at to say so, and what was not. */
  tried: Sentence[]
}

interface Judged extends UserTrace {
  verdict: Verdict
  /** Epoch seconds of the sending, as far as known. */
  at: number | null
  /** The last proof of arrival; null where none is recorded. */
  arrivedAt: number | null
  vendors: Vendor[]
}

type Finding = Omit<Verdict, 'evidence'>
type JudgedFacts = UserFacts & { judged: Judged[]; newest: Judged | null; fall: VendorHealth | null }

const WAITING = 'not_delivered_yet'
/** Verdicts on a push that leave open how it ended. */
const OPEN = ['handed_over', 'submitted', 'taken', 'no_steps', 'online_silent', 'none_arrived', 'maybe_switched_off']
export const isOpenEnd = (key: string | undefined): boolean =>
  key !== undefined && (OPEN.includes(key) || key === WAITING)
const isOpen = ({ verdict, arrivedAt }: Judged): boolean => arrivedAt === null && OPEN.includes(verdict.key)
const isWaiting = ({ verdict }: Judged): boolean => verdict.key === WAITING

/** The first that fits: what Tencent says of the account now, what is not about her alone, then how her pushes ended. */
const RULES: ((known: JudgedFacts) => Finding | null)[] = [
  noSuchUser,
  signedOut,
  vendorWide,
  arrived,
  online,
  stoppedLately,
  background,
  silent,
]

/** Can this user be reached? One sentence from what is held; never more certain than what it rests on. */
export function userVerdict(facts: UserFacts): UserVerdict {
  const judged = judgedOf(facts)
  const newest = judged[0] ?? null
  const known: JudgedFacts = { ...facts, judged, newest, fall: fallOf(facts.health, newest) }
  const found = RULES.reduce<Finding | null>((verdict, rule) => verdict ?? rule(known), null) ?? CANNOT_TELL
  return { ...found, evidence: evidenceOf(known, found.key), tried: triedOf(known) }
}

/** Nothing more has to be asked: the vendor is known, and how the newest push of this user ended. */
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

/** The last second at which a step proves that a push was on one of these devices. */
export function arrivalOf(devices: DeviceRecord[]): number | null {
  const proofs = devices.flatMap(({ pushedAt, offline, online: own }) =>
    [offline?.device, offline?.click, own?.device].flatMap((step) =>
      step?.status === 'ok' ? [step.at ?? pushedAt ?? 0] : [],
    ),
  )
  return proofs.length > 0 ? Math.max(...proofs) : null
}

/** The fall of her vendor, unless something arrived since it began, or her newest push went out after it was over. */
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

/** A push that left its end open says nothing against the arrival of one before it. */
function arrived({ judged, presence, nowS }: JudgedFacts): Finding | null {
  const lead = judged.find((one) => !isOpen(one))
  if (lead?.arrivedAt == null) return null
  const sentence = sentenceOf('user_delivered', { ago: String(Math.max(0, nowS - lead.arrivedAt) * 1_000) })
  // An arrival of the past says nothing certain of now, unless the account is signed in.
  const confidence = presence === 'online' || presence === 'push_online' ? 'certain' : 'likely'
  return { ...sentence, confidence, next: 'next_ask_what_missing', actor: 'user' }
}

function online({ presence }: JudgedFacts): Finding | null {
  if (presence !== 'online') return null
  return { ...sentenceOf('user_online'), confidence: 'certain', next: 'next_ask_in_app', actor: 'user' }
}

/** How her newest push ended speaks for itself, in the words of its own verdict. */
function stoppedLately({ newest, presence }: JudgedFacts): Finding | null {
  if (!newest || isOpen(newest) || (isWaiting(newest) && presence === 'push_online')) return null
  const { key, values, confidence, next, actor } = newest.verdict
  return { key, values, confidence, next, actor }
}

function background({ presence }: JudgedFacts): Finding | null {
  if (presence !== 'push_online') return null
  return { ...sentenceOf('user_background'), confidence: 'likely', next: 'next_handed_over', actor: 'user' }
}

function silent({ newest }: JudgedFacts): Finding | null {
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

/** `sentence` is the key of what is said already. */
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

function triedOf({ presence, traces, judged, asking, health }: JudgedFacts): Sentence[] {
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
