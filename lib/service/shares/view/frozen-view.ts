import 'server-only'
import { PushlensError } from '@/lib/contract/errors'
import type { FrozenDocument } from '@/lib/contract/shares/frozen'
import type { ShareQuery } from '@/lib/contract/shares/view'

/**
 * Returns the JSON text of one page out of the text that a frozen link keeps: the very bytes that are in it. The first page
 * is shown where none is named. What is frozen cannot be narrowed, so the other fields of the query change nothing. Throws
 * `outside_share` for a page that it does not have.
 */
export function frozenViewText(frozen: string, { page, campaign }: ShareQuery): string {
  // Only `freeze` writes this text. Its keys are sorted and stay in their order, so a part of it is written as it was read.
  const { views } = JSON.parse(frozen) as Pick<FrozenDocument, 'views'>
  const wanted = page ?? (campaign === undefined ? views[0]?.page : 'campaign')
  const found = views.find((view) => view.page === wanted && (view.page !== 'campaign' || view.taskId === campaign))
  if (!found) throw new PushlensError('outside_share', 'the frozen link does not have this page', 'page')
  return JSON.stringify(found)
}
