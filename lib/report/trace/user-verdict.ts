import type { OnlineRecord } from '@/lib/contract/records'
import { iso } from '@/lib/report/range/iso-time'
import {
  type Attempt,
  isOpen,
  isWaiting,
  type JudgedTrace,
  judgedTraces,
  newestAttempts,
  type TraceFacts,
  vendorsOf,
} from './user-attempts'
import { atLeast, userChecks, userEvidence } from './user-evidence'
import type { VendorHealth } from './vendor-health'
import { distinct, isFailure, type Sentence, sentenceOf, type Verdict, weakest } from './verdict-types'

/** The current state of the account, or why it is unknown: no such user, feature off, no answer, request running. */
export type Presence = OnlineRecord['state'] | 'no_such_user' | 'off' | 'failed' | 'asking'

export interface UserFacts extends TraceFacts {
  presence: Presence
  /** Campaigns whose request is still running. */
  asking: number
  /** Listed campaigns that were neither traced nor will be. */
  unchecked: number
  health: VendorHealth[]
}

export interface UserVerdict extends Verdict {
  /** What was checked, and what was not. */
  tried: Sentence[]
  /** Why offline pushes to one of the devices do not arrive; null where nothing is known to block them. */
  blocked: Sentence | null
}

type Finding = Omit<Verdict, 'evidence' | 'also'>
interface JudgedFacts extends UserFacts {
  judged: JudgedTrace[]
  newest: JudgedTrace | null
  /** The newest attempt of every device. */
  attempts: Attempt[]
  fall: VendorHealth | null
  blocked: Sentence | null
}

/** Causes of the device itself: a problem of the whole vendor does not explain them. */
const OWN_CAUSES = [
  'token_gone',
  'app_uninstalled',
  'token_missing',
  'token_mismatch',
  'certificate_missing',
  'push_disabled',
  'notifications_off',
].map((cause) => `stopped_${cause}`)
/** Causes that stop every push to the device until somebody acts. */
const LASTING = [
  ...OWN_CAUSES,
  'stopped_build_not_registered',
  'stopped_app_mismatch',
  'stopped_credential_wrong',
  'stopped_app_not_allowed',
]
/** The most failures that the verdict itself says. All of them are in the evidence. */
const MAX_ALSO = 3
/** Sentences that settle the question, whatever happened to pushes before. */
const SETTLED = ['user_unknown', 'user_signed_out']
/** Sentences that leave the next step to a failure beside them, if there is one. */
const YIELDING = ['user_delivered', 'user_online', 'user_background', 'user_silent']

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
 * Judges whether a user can be reached, from what is stored. It is never more certain than its evidence. Every failed
 * step of the newest attempt of every device is in the verdict or its evidence.
 */
export function userVerdict(facts: UserFacts): UserVerdict {
  const judged = judgedTraces(facts)
  const attempts = newestAttempts(judged)
  const newest = judged[0] ?? null
  const blocked = sentencesOf(attempts).find(({ key }) => LASTING.includes(key)) ?? null
  const known: JudgedFacts = { ...facts, judged, newest, attempts, blocked, fall: fallOf(facts.health, newest) }
  const found = RULES.reduce<Finding | null>((verdict, rule) => verdict ?? rule(known), null) ?? CANNOT_TELL
  const verdict = withFailures(found, known)
  const { key, values, also } = verdict
  return { ...verdict, evidence: userEvidence(known, [{ key, values }, ...also]), tried: userChecks(known), blocked }
}

/** Returns the sentences that say what failed. */
function sentencesOf(attempts: readonly Attempt[]): Sentence[] {
  return attempts.flatMap(({ verdict }) => {
    const { key, values, also } = verdict
    return [{ key, values }, ...also].filter(isFailure)
  })
}

/** Adds what failed at the newest attempt of a device, with its next step where the verdict has none of its own. */
function withFailures(found: Finding, { attempts, newest }: JudgedFacts): Omit<Verdict, 'evidence'> {
  if (SETTLED.includes(found.key)) return { ...found, also: [] }
  const isNewest = newest !== null && found.key === newest.verdict.key
  const own = isNewest ? newest.verdict.also : []
  const { key, values } = found
  const also = distinct([...own, ...sentencesOf(attempts)], [{ key, values }]).slice(0, MAX_ALSO)
  const failed = attempts.map(({ verdict }) => verdict).filter((one) => isFailure(one) || hasFailedPath(one))
  const [first] = failed
  const { next, actor } = first && YIELDING.includes(key) ? first : found
  return { ...found, also, confidence: weakest([found, ...failed]), next, actor }
}

/** The push reached only the running app, and the vendor's path failed. */
const hasFailedPath = ({ key, also }: Verdict): boolean => key === 'online' && also.length > 0

/**
 * Finds a fall in deliveries of a vendor of the newest campaign. It does not apply if a push arrived since it began, if
 * the push was sent after it ended, or where the device itself has the cause.
 */
function fallOf(health: VendorHealth[], newest: JudgedTrace | null): VendorHealth | null {
  if (!newest) return null
  const open = newest.attempts.filter(
    ({ verdict }) => !(verdict.confidence === 'certain' && OWN_CAUSES.includes(verdict.key)),
  )
  const own = vendorsOf(open).flatMap((vendor) => health.filter((one) => one.vendor === vendor))
  return own.find(({ fell }) => fell !== null && concerns(fell, newest)) ?? null
}

function concerns({ from, to }: NonNullable<VendorHealth['fell']>, { at, arrivedAt }: JudgedTrace): boolean {
  if (arrivedAt !== null && arrivedAt >= from) return false
  return to === null || (at !== null && at >= from && at < to)
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
  const { vendor, fell } = fall
  const sentence =
    fell.to === null
      ? sentenceOf(atLeast('user_vendor_wide', fell), { vendor, begun: iso(fell.from) })
      : sentenceOf(atLeast('user_vendor_was', fell), { vendor, begun: iso(fell.from), ended: iso(fell.to) })
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
  const [vendor] = newest ? vendorsOf(newest.attempts) : []
  if (vendor === undefined) return null
  return { ...sentenceOf('user_silent', { vendor }), confidence: 'unknown', next: 'next_handed_over', actor: 'user' }
}

const CANNOT_TELL: Finding = {
  ...sentenceOf('user_cannot_tell'),
  confidence: 'unknown',
  next: 'next_chat_message',
  actor: 'user',
}
