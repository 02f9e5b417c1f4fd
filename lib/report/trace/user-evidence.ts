import type { Vendor } from '@/lib/contract/vendors'
import { iso } from '@/lib/report/range/iso-time'
import { namesFailure } from './failed-lines'
import { type Attempt, type JudgedTrace, vendorsOf } from './user-attempts'
import type { Presence } from './user-verdict'
import type { VendorHealth } from './vendor-health'
import { distinct, isFailure, type Sentence, sentenceOf } from './verdict-types'

interface EvidenceFacts {
  presence: Presence
  judged: JudgedTrace[]
  attempts: Attempt[]
  health: VendorHealth[]
  /** The vendor that the verdict itself is about. */
  fall: VendorHealth | null
  /** Why pushes to one of the devices do not arrive; null where nothing is known to block them. */
  blocked: Sentence | null
}

/** Lists the evidence for a verdict about a user. `said` are the sentences of the verdict, which are not repeated. */
export function userEvidence(facts: EvidenceFacts, said: Sentence[]): Sentence[] {
  const { judged, attempts } = facts
  const [newest] = judged
  const lines = presenceLines(facts)
  if (newest?.at != null) lines.push(sentenceOf('evidence_newest', { at: iso(newest.at) }))
  if (newest) {
    const { key, values, also, evidence } = newest.verdict
    lines.push({ key, values }, ...also, ...evidence.filter((line, i) => i === 0 || namesFailure(line)))
  }
  for (const { verdict } of attempts) {
    const { key, values, also, evidence } = verdict
    if (isFailure(verdict)) lines.push({ key, values })
    lines.push(...also, ...evidence.filter(namesFailure))
  }
  const received = judged.find(({ arrivedAt }) => arrivedAt !== null)
  if (received?.arrivedAt && received !== newest)
    lines.push(sentenceOf('evidence_received', { at: iso(received.arrivedAt) }))
  return distinct([...lines, ...fallLines(facts)], said)
}

function presenceLines({ presence, blocked }: EvidenceFacts): Sentence[] {
  if (presence === 'online') return [sentenceOf('evidence_presence_online')]
  if (presence !== 'push_online') return []
  return [sentenceOf(blocked ? 'evidence_presence_push_blocked' : 'evidence_presence_push_online')]
}

/** Names the vendors of this user's devices whose deliveries are down now. */
function fallLines({ attempts, health, fall }: EvidenceFacts): Sentence[] {
  return vendorsOf(attempts).flatMap((vendor: Vendor) => {
    const fell = health.find((one) => one.vendor === vendor)?.fell
    if (!fell || fell.to !== null || vendor === fall?.vendor) return []
    return [sentenceOf(atLeast('evidence_vendor_fell', fell), { vendor, begun: iso(fell.from) })]
  })
}

/** Returns the key of a sentence about a fall, or its variant for a fall that may have begun earlier. */
export function atLeast(key: string, fell: NonNullable<VendorHealth['fell']>): string {
  return fell.atLeast ? `${key}_at_least` : key
}

interface ChecksFacts extends Pick<EvidenceFacts, 'presence' | 'judged' | 'health' | 'blocked'> {
  traces: readonly unknown[]
  asking: number
  unchecked: number
}

/** Lists what was checked for a verdict about a user, and what was not. */
export function userChecks({ presence, traces, judged, asking, unchecked, health, blocked }: ChecksFacts): Sentence[] {
  const count = (key: string, n: number) => sentenceOf(key, { n: String(n) })
  const nothing = traces.length - judged.length
  const isBlocked = presence === 'push_online' && blocked !== null
  return [
    sentenceOf(isBlocked ? 'tried_presence_push_blocked' : `tried_presence_${presence ?? 'unread'}`),
    ...(judged.length > 0 ? [count('tried_traced', judged.length)] : []),
    ...(nothing > 0 ? [count('tried_nothing', nothing)] : []),
    ...(asking > 0 ? [count('tried_asking', asking)] : []),
    ...(unchecked > 0 ? [count('tried_unchecked', unchecked)] : []),
    ...(traces.length + asking + unchecked === 0 ? [sentenceOf('tried_no_campaign')] : []),
    health.length > 0 ? count('tried_health', health.length) : sentenceOf('tried_no_health'),
  ]
}
