import type { Words } from '@/components/i18n/words'
import { notComparedText } from '@/components/report/not-compared'
import type { LossesView } from '@/lib/contract/links'
import type { LossesReply } from '@/lib/contract/losses'

/** Returns whether the reply holds changes: both periods are complete. */
export const isCompared = ({ comparison, coverage }: Pick<LossesReply, 'comparison' | 'coverage'>): boolean =>
  comparison?.held === true && coverage.held === coverage.expected

/** Returns why the view's comparison could not be made; null where it was made or is not wanted. */
export function comparisonProblem(reply: LossesReply, { compare }: LossesView, words: Words): string | null {
  const { comparison, range } = reply
  if (compare === undefined || compare === 'none' || isCompared(reply) || reply.asOf === null) return null
  if (comparison === null) return words.t('losses.notCompared.lives')
  if (comparison.held) return words.t('losses.notCompared.partial')
  return notComparedText(comparison, range.tz, words)
}
