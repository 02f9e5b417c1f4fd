import 'server-only'
import { recordAudit } from '@/lib/access/audit'
import type { Scoped } from '@/lib/access/authorize'
import { PushlensError } from '@/lib/contract/errors'
import type { UndoQuery, UndoReply } from '@/lib/contract/tasks'
import type { Context } from '@/lib/service/context'

/**
 * Restores every campaign of an import. Throws `conflict` if one was changed since, and then changes nothing; `not_found`
 * for an import that is unknown, already undone, or older than a day.
 */
export async function undoImport(
  ctx: Pick<Context, 'store' | 'clock'>,
  { app, principal, query }: Scoped<UndoQuery>,
): Promise<UndoReply> {
  const undone = await ctx.store.taskImports.undo(app.id, query.undo)
  if (undone === null) throw new PushlensError('not_found', 'no such import is stored', 'undo')
  if (undone === 'changed') throw new PushlensError('conflict', 'a task of the import was changed since', 'undo')
  await recordAudit(ctx, { app, principal }, 'task.import.undo', { ...undone, undo: query.undo })
  return undone
}
