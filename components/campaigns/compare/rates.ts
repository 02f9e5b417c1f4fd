import type { ComparedTask, CompareTasksReply } from '@/lib/contract/campaigns/task-comparison'
import { MIN_VOLUME } from '@/lib/contract/limits'

/** Returns the rates that a comparison shows; null where unknown or of too few. */
export function comparedRates(
  { delivery }: Pick<ComparedTask, 'delivery'>,
  { rates, clicked, ...counts }: NonNullable<ComparedTask['counts']>,
  basis: CompareTasksReply['clickBasis'],
): Record<'send' | 'delivery' | 'click', number | null> {
  return { send: rates.send, delivery: delivery?.rate ?? null, click: rateOver(clicked, counts[basis]) }
}

const rateOver = (part: number | null, whole: number | null) =>
  part === null || whole === null || whole < MIN_VOLUME ? null : part / whole
