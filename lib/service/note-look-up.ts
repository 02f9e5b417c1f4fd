import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import type { Context } from './context'

/** A page that waits for its turn asks again every second: that is one look-up, not sixty. */
const SAME_WITHIN_S = 60

/** Writes down who looked up whom, by a keyed hash of the person. `at` of an audit entry is real time, never the data's. */
export async function noteLookUp(
  ctx: Pick<Context, 'store'>,
  { app, principal }: Pick<Scoped<unknown>, 'app' | 'principal'>,
  personHash: string,
): Promise<void> {
  const at = Math.floor(Date.now() / 1_000)
  const note = { actor: `${principal.kind}:${principal.id}`, action: 'user.lookup', appId: app.id }
  const [last] = await ctx.store.audit.ofSubject(personHash, 1)
  const same = last?.actor === note.actor && last.action === note.action && last.appId === note.appId
  if (last && same && at - last.at < SAME_WITHIN_S) return
  await ctx.store.audit.append({ ...note, at, subjectHash: personHash, detail: {} })
}
