import 'server-only'
import { actorOf } from '@/lib/access/audit'
import type { Scoped } from '@/lib/access/authorize'
import type { AnnotationReply, AnnotationsQuery, AnnotationsReply } from '@/lib/contract/chart/annotations'
import { mayRole } from '@/lib/contract/roles'
import { iso } from '@/lib/report/range/iso-time'
import { resolveRange } from '@/lib/report/range/range'
import type { Span } from '@/lib/report/range/windows'
import type { Context } from '@/lib/service/context'
import type { Task } from '@/lib/store/tasks/task-rows'
import { noteReply } from './note-reply'
import { upstreamErrors } from './upstream-errors'

/** More campaigns than buckets can be labelled with. */
const MOST_CAMPAIGNS = 500

type Reader = Pick<Context, 'store' | 'clock'>

/** Returns what is marked on the charts of a range: notes, campaigns sent, and days on which calls failed. */
export function listAnnotations(ctx: Reader, scoped: Scoped<AnnotationsQuery>): Promise<AnnotationsReply> {
  const { app, query } = scoped
  const range = resolveRange(query, { nowS: ctx.clock.dataS(), appOffsetMin: app.utcOffsetMin })
  return annotationsWithin(ctx, scoped, range)
}

/** Returns the same for a range that is resolved already. */
export async function annotationsWithin(
  ctx: Reader,
  { app, query, principal, role }: Scoped<Pick<AnnotationsQuery, 'source'>>,
  range: Span,
): Promise<AnnotationsReply> {
  const { source } = query
  const [notes, campaigns, errors, names] = await Promise.all([
    ctx.store.annotations.within({ appId: app.id, source, from: range.from, to: range.to }),
    source === 'chat' ? [] : campaignsSent(ctx, app.id, range),
    upstreamErrors(ctx, { appId: app.id, source }, range),
    ctx.store.people.names(),
  ])
  const mayChange = (author: string) =>
    mayRole(role, 'tasks') && (author === actorOf(principal) || mayRole(role, 'admin'))
  const own = notes.map((note) => noteReply(note, { names, editable: mayChange(note.author) }))
  // How often calls fail belongs to the System page, which is for administrators.
  const days = mayRole(role, 'admin') ? errors : errors.map((one) => ({ ...one, error: null }))
  const items = [...own, ...campaigns, ...days].sort((a, b) => a.at.localeCompare(b.at))
  return { items, next: null }
}

async function campaignsSent({ store }: Reader, appId: string, { from, to }: Span): Promise<AnnotationReply[]> {
  const tasks = await store.tasks.sentWithin(appId, { from, to, limit: MOST_CAMPAIGNS })
  return tasks.flatMap((task) => (task.sentAt === null ? [] : campaignReply(task, task.sentAt)))
}

function campaignReply({ taskId, label }: Task, sentAt: number): AnnotationReply {
  const none = { until: null, id: null, author: null, editable: false, error: null }
  return { ...none, kind: 'campaign', at: iso(sentAt), source: 'task', text: label || null, taskId }
}
