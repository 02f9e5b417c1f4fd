import { sourceNameOf } from '@/lib/contract/source-name'
import type { StageReply } from '@/lib/contract/traces'
import type { Entry } from '@/lib/reasons/dictionary'
import type { Explanation } from '@/lib/reasons/explain'
import { type Sentence, sentenceOf } from './verdict-types'

/** The most lines about other meanings of a code. */
const MAX_LINES = 3

/**
 * Returns the last step that a push passed before it failed at `failed`, so that no cause of an earlier step is
 * offered. A record of the device's own step means that Tencent's step was passed, even without a record of it.
 */
export function lastPassed(
  { offline, channel }: { offline: StageReply; channel: StageReply },
  failed: StageReply['stage'],
): 'offline' | 'channel' | null {
  if (failed === 'device') return channel.state === 'done' ? 'channel' : 'offline'
  return failed !== 'offline' && offline.state === 'done' ? 'offline' : null
}

/** Lists the evidence for an explained failure: the meaning of the cause, then what the code alone stands for. */
export function meaningLines({ cause, candidates, contradicting, byVendor }: Explanation): Sentence[] {
  const source = candidates.find((one) => one.cause === cause)
  const isOneVendors = byVendor && source !== undefined && source.vendor !== 'tencent'
  if (isOneVendors) return candidates.slice(0, MAX_LINES).map((entry) => lineOf('evidence_candidate', entry))
  const meaning = source ? [lineOf('evidence_meaning', source)] : []
  return [...meaning, ...contradicting.slice(0, MAX_LINES).map((entry) => lineOf('evidence_candidate', entry))]
}

/** Returns a line with the meaning of an entry. `source` is the short name of its source, and `url` its address. */
export function lineOf(key: string, { meaning, source }: Pick<Entry, 'meaning' | 'source'>): Sentence {
  const { name, url } = sourceNameOf(source)
  const values = { meaning, source: name }
  return sentenceOf(key, url === null ? values : { ...values, url })
}
