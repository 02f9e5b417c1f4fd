import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import type { RecentsQuery, RecentsReply } from '@/lib/contract/lookup-text'
import type { Context } from '@/lib/service/context'
import { openRecent } from './recent-labels'

/** Returns the names of look-ups that the browser of this person remembers; null for those of other people. */
export async function openRecents(
  ctx: Pick<Context, 'vault'>,
  { app, principal, query }: Scoped<RecentsQuery>,
): Promise<RecentsReply> {
  return { labels: query.sealed.map((sealed) => openRecent(ctx, { app, principal }, sealed)) }
}
