import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import { PushlensError } from '@/lib/contract/errors'
import type { ImportQuery, ImportReply, ImportRow, TaskRecord } from '@/lib/contract/tasks'
import { changedTask, hintedSentAt, sameTask } from '@/lib/report/tasks/task-change'
import { readTaskSheet, type SheetLine } from '@/lib/report/tasks/task-sheet'
import type { Context } from '@/lib/service/context'
import type { Task } from '@/lib/store/tasks/task-rows'
import { described } from './tasks'

/**
 * Makes pasted campaigns known, or only says what would become of each line. A refused line blocks no other. Throws
 * `too_large` for more lines than one import takes.
 */
export async function importTasks(
  ctx: Pick<Context, 'store' | 'clock'>,
  { app, principal, query }: Scoped<ImportQuery>,
): Promise<ImportReply> {
  const nowS = ctx.clock.dataS()
  const lines = readTaskSheet(query.text, { sdkAppId: app.sdkAppId, offsetMin: app.utcOffsetMin })
  if (lines === null) throw new PushlensError('too_large', 'the text has more lines than one import takes', 'text')
  const taken = new Map(lines.filter(({ why }) => why === null).map((line) => [line.taskId, line.change]))
  const recordOf = (taskId: string, before: TaskRecord | null) =>
    changedTask(before, taken.get(taskId) ?? {}, hintedSentAt(taskId, nowS))
  const make = (taskId: string, before: Task | null): Task => ({
    ...(before ?? { appId: app.id, taskId, knownBy: 'import', createdAt: nowS }),
    ...recordOf(taskId, before),
  })

  if (query.dryRun) {
    const known = await ctx.store.tasks.find(app.id, [...taken.keys()])
    return replyOf(lines, recordOf, new Map(known.map((task) => [task.taskId, task])), null)
  }
  const { saved, undo } = await ctx.store.taskImports.save({
    appId: app.id,
    taskIds: [...taken.keys()],
    make,
    at: nowS,
  })
  const reply = replyOf(lines, recordOf, new Map(saved.map((one) => [one.after.taskId, one.before])), undo)
  await ctx.store.audit.append({
    at: Math.floor(ctx.clock.wallMs() / 1_000),
    actor: `${principal.kind}:${principal.id}`,
    action: 'task.import',
    appId: app.id,
    subjectHash: null,
    detail: { ...reply.summary, undo },
  })
  return reply
}

function replyOf(
  lines: SheetLine[],
  recordOf: (taskId: string, before: TaskRecord | null) => TaskRecord,
  known: Map<string, TaskRecord | null>,
  undo: string | null,
): ImportReply {
  const rows = lines.map(({ line, taskId, change, why, hints }): ImportRow => {
    const at = { line, taskId, why, hints }
    if (why !== null) return { ...at, ...described(changedTask(null, change, null)), was: null, state: 'refused' }
    const before = known.get(taskId) ?? null
    const after = recordOf(taskId, before)
    const same = before !== null && sameTask(before, after)
    const state = before === null ? 'new' : same ? 'same' : 'changed'
    return { ...at, ...described(after), was: before && !same ? described(before) : null, state }
  })
  const summary = { new: 0, changed: 0, same: 0, refused: 0 }
  for (const { state } of rows) summary[state] += 1
  return { rows, summary, undo }
}
