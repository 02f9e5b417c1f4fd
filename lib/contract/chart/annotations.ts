import { z } from 'zod'
import { instant } from '../freshness'
import { MAX_NOTE, TASK_LIMITS } from '../limits'
import { rangeFields } from '../ranges'
import { SOURCES } from '../sources'
import { idText } from '../text'

/**
 * What a mark on the charts is. `note`: written by people. `campaign`: a registered campaign was sent.
 * `upstream_error`: many calls of a UTC day failed.
 */
export const ANNOTATION_KINDS = ['note', 'campaign', 'upstream_error'] as const

export const annotationsQuery = z.strictObject({
  ...rangeFields,
  source: z.enum(SOURCES).optional().describe('Only marks of this source and of both. Left out: of every source'),
})
export type AnnotationsQuery = z.infer<typeof annotationsQuery>

export const annotationReply = z.object({
  kind: z.enum(ANNOTATION_KINDS),
  at: instant,
  /** The exclusive end; null for an instant. */
  until: instant.nullable(),
  /** Null: of both sources. */
  source: z.enum(SOURCES).nullable(),
  /** The note, or the campaign's name; null for errors and for campaigns without a name. */
  text: z.string().nullable(),
  /** Of notes, to change or remove them. */
  id: z.string().nullable(),
  /** Of notes. `name` is null where the author has no name any more. */
  author: z.object({ name: z.string().nullable() }).nullable(),
  /** Whether the reader may change or remove it. */
  editable: z.boolean(),
  /** Of campaigns. */
  taskId: z.string().nullable(),
  /** Of errors: the failed calls, all calls, and the most frequent code (-1: no readable answer). */
  error: z.object({ failed: z.number().int(), calls: z.number().int(), code: z.number().int() }).nullable(),
})
export type AnnotationReply = z.infer<typeof annotationReply>

/** In order of time. Campaigns are the latest 500. */
export const annotationsReply = z.object({ items: z.array(annotationReply), next: z.null() })
export type AnnotationsReply = z.infer<typeof annotationsReply>

const text = z
  .string()
  .trim()
  .min(1)
  .max(MAX_NOTE)
  .regex(/^\P{Cc}*$/u, 'holds a control character')

/** An instant, or a local time such as `2026-11-14T09:30`, which is read in `tz`. */
const at = z
  .string()
  .max(40)
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/, 'is not an instant')

export const annotationBody = z.strictObject({
  text,
  at: at.describe('An ISO 8601 instant, or a local time in tz'),
  tz: rangeFields.tz,
  source: z.enum(SOURCES).nullable().default(null).describe('null: the note is about both sources'),
})
export type AnnotationBody = z.infer<typeof annotationBody>

export const annotationKey = z.strictObject({ id: idText.max(TASK_LIMITS.id) })
export type AnnotationKey = z.infer<typeof annotationKey>

export const annotationChange = annotationKey.extend({ body: annotationBody })
export type AnnotationChange = z.infer<typeof annotationChange>

export const removedAnnotationReply = z.object({ removed: z.literal(true) })
export type RemovedAnnotationReply = z.infer<typeof removedAnnotationReply>
