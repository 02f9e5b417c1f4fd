import 'server-only'
import { recordAudit } from '@/lib/access/audit'
import type { Scoped } from '@/lib/access/authorize'
import { PushlensError } from '@/lib/contract/errors'
import type { ImportQuery, ImportReply, ImportRow, TaskRecord } from '@/lib/contract/tasks'
import { changedTask, hintedSentAt, sameTask } from '@/lib/report/tasks/task-change'
import { readTaskSheet, type SheetLine } from '@/lib/report/tasks/task-sheet'
import type { Context } from '@/lib/service/context'
import { taskFields } from '@/lib/service/read/task-reply'
import type { Task } from '@/lib/store/tasks/task-rows'

/**
 * Registers pasted campaigns, or previews what each line would do. A refused line does not stop the others. Throws
 * `too_large` above the number of lines one import takes.
 */
export async function importTasks(
  ctx: Pick<Context, 'store' | 'clock'>,
  { app, principal, query }: Scoped<ImportQuery>,
): Promise<ImportReply> {
  const nowS = ctx.clock.dataS()
  const lines = readTaskSheet(query.text, { sdkAppId: app.sdkAppId, offsetMin: app.utcOffsetMin })
  if (lines === null) throw new PushlensError('too_large', 'the text has more lines than one import takes', 'text')
  const accepted = new Map(lines.filter(({ why }) => why === null).map((line) => [line.taskId, line.change]))
  const recordOf = (taskId: string, before: TaskRecord | null) =>
    changedTask(before, accepted.get(taskId) ?? {}, hintedSentAt(taskId, nowS))
  const makeTask = (taskId: string, before: Task | null): Task => ({
    ...(before ?? { appId: app.id, taskId, knownBy: 'import', createdAt: nowS }),
    ...recordOf(taskId, before),
  })

  if (query.dryRun) {
    const stored = await ctx.store.tasks.find(app.id, [...accepted.keys()])
    return replyOf(lines, recordOf, new Map(stored.map((task) => [task.taskId, task])), null)
  }
  const { saved, undo } = await ctx.store.taskImports.save({
    appId: app.id,
    taskIds: [...accepted.keys()],
    make: makeTask,
    at: nowS,
  })
  const reply = replyOf(lines, recordOf, new Map(saved.map((one) => [one.after.taskId, one.before])), undo)
  await recordAudit(ctx, { app, principal }, 'task.import', { ...reply.summary, undo })
  return reply
}

function replyOf(
  lines: SheetLine[],
  recordOf: (taskId: string, before: TaskRecord | null) => TaskRecord,
  stored: Map<string, TaskRecord | null>,
  undo: string | null,
): ImportReply {
  const rows = lines.map(({ line, taskId, change, why, hints }): ImportRow => {
    const place = { line, taskId, why, hints }
    if (why !== null) return { ...place, ...taskFields(changedTask(null, change, null)), was: null, state: 'refused' }
    const before = stored.get(taskId) ?? null
    const after = recordOf(taskId, before)
    const isSame = before !== null && sameTask(before, after)
    const state = before === null ? 'new' : isSame ? 'same' : 'changed'
    return { ...place, ...taskFields(after), was: before && !isSame ? taskFields(before) : null, state }
  })
  const summary = { new: 0, changed: 0, same: 0, refused: 0 }
  for (const { state } of rows) summary[state] += 1
  return { rows, summary, undo }
}
