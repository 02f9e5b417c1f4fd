import 'server-only'
import { randomUUID } from 'node:crypto'
import { actorOf, recordAudit } from '@/lib/access/audit'
import type { Scoped } from '@/lib/access/authorize'
import type {
  AnnotationBody,
  AnnotationChange,
  AnnotationKey,
  AnnotationReply,
  RemovedAnnotationReply,
} from '@/lib/contract/chart/annotations'
import { PushlensError } from '@/lib/contract/errors'
import { mayRole } from '@/lib/contract/roles'
import { localInstant } from '@/lib/report/range/local-instant'
import { zoneOf, zoneOfOffset } from '@/lib/report/range/zone'
import type { Context } from '@/lib/service/context'
import type { Annotation } from '@/lib/store/tasks/annotations'
import { noteReply } from './note-reply'

type Writer = Pick<Context, 'store' | 'clock'>

/** Adds a note. Throws `bad_range` for a time in the future, which no chart shows. */
export async function addAnnotation(ctx: Writer, scoped: Scoped<AnnotationBody>): Promise<AnnotationReply> {
  const { app, principal } = scoped
  const given = givenOf(ctx, scoped, scoped.query)
  const author = actorOf(principal)
  const note: Annotation = { ...given, id: randomUUID(), appId: app.id, author, createdAt: ctx.clock.dataS() }
  await ctx.store.annotations.add(note)
  await recordAudit(ctx, { app, principal }, 'annotation.add', { id: note.id })
  return replyOf(ctx, note)
}

/** Changes a note. Throws `not_found`, or `forbidden` for a note of somebody else. */
export async function changeAnnotation(ctx: Writer, scoped: Scoped<AnnotationChange>): Promise<AnnotationReply> {
  const { app, principal, query } = scoped
  const note = await ownNote(ctx, scoped)
  const given = givenOf(ctx, scoped, query.body)
  await ctx.store.annotations.change(note, given)
  await recordAudit(ctx, { app, principal }, 'annotation.change', { id: note.id })
  return replyOf(ctx, { ...note, ...given })
}

/** Removes a note. Throws as above. */
export async function removeAnnotation(ctx: Writer, scoped: Scoped<AnnotationKey>): Promise<RemovedAnnotationReply> {
  const { app, principal } = scoped
  const note = await ownNote(ctx, scoped)
  await ctx.store.annotations.remove(app.id, note.id)
  await recordAudit(ctx, { app, principal }, 'annotation.remove', { id: note.id })
  return { removed: true }
}

/** Returns a note that its author or an administrator may change. */
async function ownNote({ store }: Writer, { app, principal, role, query }: Scoped<AnnotationKey>): Promise<Annotation> {
  const note = await store.annotations.get(app.id, query.id)
  if (!note) throw new PushlensError('not_found', 'the app has no such note')
  if (note.author !== actorOf(principal) && !mayRole(role, 'admin')) {
    throw new PushlensError('forbidden', 'the note is of somebody else')
  }
  return note
}

function givenOf({ clock }: Writer, { app }: Scoped<unknown>, { text, at, tz, source }: AnnotationBody) {
  const instant = localInstant(at, zoneOf(tz ?? zoneOfOffset(app.utcOffsetMin)))
  if (instant > clock.dataS()) throw new PushlensError('bad_range', 'is in the future', 'at')
  return { text, source, at: instant }
}

async function replyOf({ store }: Writer, note: Annotation): Promise<AnnotationReply> {
  return noteReply(note, { names: await store.people.names(), editable: true })
}
