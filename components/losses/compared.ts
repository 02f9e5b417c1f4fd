import { distinctMinute } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import type { LossesView } from '@/lib/contract/links'
import type { LossesReply } from '@/lib/contract/losses'

/** Returns whether the reply holds changes: both periods are complete. */
export const isCompared = ({ comparison, coverage }: Pick<LossesReply, 'comparison' | 'coverage'>): boolean =>
  comparison?.held === true && coverage.held === coverage.expected

/** Returns why the view's comparison could not be made; null where it was made or is not wanted. */
export function comparisonProblem(reply: LossesReply, { compare }: LossesView, { t, locale }: Words): string | null {
  const { comparison, range } = reply
  if (compare === undefined || compare === 'none' || isCompared(reply) || reply.asOf === null) return null
  if (comparison === null) return t('losses.notCompared.lives')
  if (comparison.held) return t('losses.notCompared.partial')
  const time = (at: string) => distinctMinute(at, range.tz, locale)
  return t('overview.compare.notHeld', { from: time(comparison.from), to: time(comparison.to) })
}
