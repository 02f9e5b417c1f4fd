import 'server-only'
import { recordAudit } from '@/lib/access/audit'
import type { Scoped } from '@/lib/access/authorize'
import type { PutTaskQuery, TaskReply } from '@/lib/contract/tasks'
import { changedTask, hintedSentAt } from '@/lib/report/tasks/task-change'
import type { Context } from '@/lib/service/context'
import { taskReply } from '@/lib/service/read/task-reply'

/** Registers a campaign or changes its fields. Fields absent from the body stay; the same request again changes nothing. */
export async function putTask(
  ctx: Pick<Context, 'store' | 'clock'>,
  { app, principal, query }: Scoped<PutTaskQuery>,
): Promise<TaskReply> {
  const { taskId, body } = query
  const nowS = ctx.clock.dataS()
  const sentAt = typeof body.sentAt === 'string' ? Math.floor(Date.parse(body.sentAt) / 1_000) : body.sentAt
  const saved = await ctx.store.tasks.put(app.id, taskId, (_, before) => ({
    ...(before ?? { appId: app.id, taskId, knownBy: 'api', createdAt: nowS }),
    ...changedTask(before, { ...body, sentAt }, hintedSentAt(taskId, nowS)),
  }))
  await recordAudit(ctx, { app, principal }, 'task.put', { taskId, new: saved.before === null })
  return taskReply(saved.after)
}
