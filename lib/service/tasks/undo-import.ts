import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import { PushlensError } from '@/lib/contract/errors'
import type { UndoQuery, UndoReply } from '@/lib/contract/tasks'
import type { Context } from '@/lib/service/context'

/**
 * Puts every campaign of an import back as it was. Throws `conflict` where one was changed since, and then changes nothing;
 * `not_found` for an import that is unknown, taken back already, or older than a day.
 */
export async function undoImport(
  ctx: Pick<Context, 'store' | 'clock'>,
  { app, principal, query }: Scoped<UndoQuery>,
): Promise<UndoReply> {
  const undone = await ctx.store.taskImports.undo(app.id, query.undo)
  if (undone === null) throw new PushlensError('not_found', 'no such import is kept', 'undo')
  if (undone === 'changed') throw new PushlensError('conflict', 'a task of the import was changed since', 'undo')
  await ctx.store.audit.append({
    at: Math.floor(ctx.clock.wallMs() / 1_000),
    actor: `${principal.kind}:${principal.id}`,
    action: 'task.import.undo',
    appId: app.id,
    subjectHash: null,
    detail: { ...undone, undo: query.undo },
  })
  return undone
}
