import 'server-only'
import { type By, byOf, recordAuditAs } from '@/lib/access/audit'
import type { Scoped } from '@/lib/access/authorize'
import { wallS } from '@/lib/access/deps'
import type { EraseQuery, EraseReply } from '@/lib/contract/users'
import type { Context } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'

/** Deletes a user from everything stored for this app. The audit records that it was done, and by whom. */
export function eraseUser(ctx: Context, { app, principal, query }: Scoped<EraseQuery>): Promise<EraseReply> {
  return eraseFrom(ctx, [app], query.userId, byOf(principal))
}

/** Does the same for several apps, also for the command line. The audit keeps a keyed hash and never the UserID. */
export async function eraseFrom(
  { store, vault, clock }: Pick<Context, 'store' | 'vault' | 'clock'>,
  apps: AppRow[],
  userId: string,
  by: By,
): Promise<EraseReply> {
  const personHash = vault.hash('person', userId)
  const sum = { traces: 0, texts: 0 }
  for (const app of apps) {
    const erased = await store.erasures.person({ appId: app.id, personHash, userId, at: wallS(clock) })
    sum.traces += erased.traces
    sum.texts += erased.texts
    const detail = { traces: erased.traces, texts: erased.texts }
    await recordAuditAs(
      { audit: store.audit, clock },
      { ...by, action: 'user.erase', appId: app.id, subjectHash: personHash, detail },
    )
  }
  await store.erasures.compact()
  return sum
}
