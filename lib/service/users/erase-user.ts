import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import type { EraseQuery, EraseReply } from '@/lib/contract/users'
import type { Context } from '@/lib/service/context'
import type { AppRow } from '@/lib/store/people/apps'

/** Takes a user out of everything this app keeps; an administrator's verb. The audit says that it was done, and by whom. */
export function eraseUser(ctx: Context, { app, principal, query }: Scoped<EraseQuery>): Promise<EraseReply> {
  return eraseFrom(ctx, [app], query.userId, `${principal.kind}:${principal.id}`)
}

/** The same for several apps, by whoever holds the database. An entry of the audit keeps a keyed hash, never the UserID. */
export async function eraseFrom(
  { store, vault, clock }: Pick<Context, 'store' | 'vault' | 'clock'>,
  apps: AppRow[],
  userId: string,
  actor: string,
): Promise<EraseReply> {
  const personHash = vault.hash('person', userId)
  const sum = { traces: 0, texts: 0 }
  for (const app of apps) {
    const erased = await store.erasures.person({ appId: app.id, personHash, userId })
    sum.traces += erased.traces
    sum.texts += erased.texts
    const at = Math.floor(clock.wallMs() / 1_000)
    const detail = { traces: erased.traces, texts: erased.texts }
    await store.audit.append({ at, actor, action: 'user.erase', appId: app.id, subjectHash: personHash, detail })
  }
  await store.erasures.settle()
  return sum
}
