import type { Candidate, RecognisedText } from '@/lib/contract/lookup-text'
import { recognise } from '@/lib/report/paste/recognise'

export const OWN = 1_400_187_352
export const NOW = Date.parse('2026-11-21T08:00:00Z') / 1_000
export const hex = (seconds: number) => seconds.toString(16)
/** The time of sending in an ID, two hours ago. */
export const FRESH = hex(NOW - 7_200)
export const TASK = `${FRESH}_537529d8_2000005e80aa873_2780d131_bc614e`
export const PUSH = `${FRESH}_6a4086c0_9bf5fb50_200002d1089b322_2000005d8d46421`

export const recogniseText = (text: string) => recognise(text, { sdkAppId: OWN, nowS: NOW })

/** One line per candidate: its kind and its IDs. */
export function brief(seen: RecognisedText): string[] {
  if (seen.kind === 'junk') return [`junk ${seen.why}`]
  if (seen.kind === 'list') return seen.items.map((item) => Object.values(item).join(' '))
  const named = ({ kind, pushId, taskId, userId, userIds, code }: Candidate) =>
    [kind, pushId, taskId, userId, ...userIds, code].filter((part) => part !== null).join(' ')
  return seen.candidates.map(named)
}
