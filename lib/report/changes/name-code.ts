import type { Incident } from './incidents'
import { type CodedLoss, splitByCode } from './split'

/** A code is named if it explains at least this part of the fall. */
const LEAST_PART = 0.3
/** Without losses from before, a code is named if it counts as many losses as this part of the fall. */
const LEAST_COUNT = 0.5

/**
 * Returns the code that explains most of a fall, with its part of the change; null where none does. `before` is null where
 * the losses from before are not stored: a code's change is then unknown, so only a count as large as the fall counts.
 */
export function nameCode(
  { change, messages, whole }: Pick<Incident, 'change' | 'messages' | 'whole'>,
  now: CodedLoss | null,
  before: CodedLoss | null,
): { code: string; change: number | null } | null {
  if (change !== 'fell' || !now) return null
  const fall = messages / whole
  const parts = before && splitByCode(now, before)
  if (parts) {
    const [first] = parts.filter((part) => part.code !== null && part.change < 0)
    return first?.code != null && first.change <= fall * LEAST_PART ? { code: first.code, change: first.change } : null
  }
  const [top] = [...now.codes].sort(([, a], [, b]) => b - a)
  return top && top[1] / now.sent >= -fall * LEAST_COUNT ? { code: top[0], change: null } : null
}
