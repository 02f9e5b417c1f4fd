import type { Words } from '@/components/i18n/words'
import type { ShareScope } from '@/lib/contract/shares/scope'
import type { SharedView, ShareQuery } from '@/lib/contract/shares/view'

/** What a page of a shared view is drawn from. It changes what it shows by another query, because it has no addresses. */
export interface SharedPageProps<P extends SharedView['page'] = SharedView['page']> {
  view: Extract<SharedView, { page: P }>
  /** Null for a look-up. */
  scope: ShareScope | null
  query: ShareQuery
  /** Asks for another page, or another part of the scope. */
  onQuery(query: ShareQuery): void
  /** False where the link keeps a copy, which has pages but no other parts. */
  isLive: boolean
  /** The visitor's zone. */
  tz: string
  words: Words
}
