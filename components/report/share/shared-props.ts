import type { Words } from '@/components/i18n/words'
import type { ShareScope } from '@/lib/contract/shares/scope'
import type { SharedView, ShareQuery } from '@/lib/contract/shares/view'

/** What a page of a shared view is drawn from. It changes what it shows by another query, because it has no addresses. */
export interface SharedPageProps<P extends SharedView['page'] = SharedView['page']> {
  view: Extract<SharedView, { page: P }>
  /** Null for a look-up. */
  scope: ShareScope | null
  query: ShareQuery
  /** Asks for another part of the scope; null where the link keeps a copy that has no other parts. */
  onQuery: ((query: ShareQuery) => void) | null
  /** The visitor's zone. */
  tz: string
  words: Words
}
