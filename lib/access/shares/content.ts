import 'server-only'
import type { StoredContent } from '@/lib/contract/shares/share'
import type { ShareRow } from '@/lib/store/people/shares'

/** Returns what a link shows. Creating a link alone writes this column. */
export function contentOf({ content }: Pick<ShareRow, 'content'>): StoredContent {
  return JSON.parse(content) as StoredContent
}

/** Returns the origins that may show the link in a frame. */
export function originsOf({ origins }: Pick<ShareRow, 'origins'>): string[] {
  return JSON.parse(origins) as string[]
}
