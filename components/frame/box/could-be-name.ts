import { TASK_LIMITS } from '@/lib/contract/limits'

const LEAST_LETTERS = 2

/** Tells whether a text may be part of a campaign's name, as the search accepts it: one line, not longer than a name. */
export function couldBeName(text: string): boolean {
  return text.length >= LEAST_LETTERS && text.length <= TASK_LIMITS.label && !/[\p{Cc}\p{Cs}]/u.test(text)
}
