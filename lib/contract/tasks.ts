import { z } from 'zod'
import { fileFormat } from './api/files'
import { DIRECTIONS, TASK_SORTS } from './campaigns/sorts'
import { TASK_AGES } from './campaigns/task-ages'
import { instant } from './freshness'
import { totalReply } from './funnel'
import { MAX_IMPORT_LINES, TASK_LIMITS } from './limits'
import { STAGES_OF_LOSS } from './records'

/**
 * Tencent has no list of tasks. A task is known because somebody looked it up or imported it, or its sender registered
 * it.
 */
export const KNOWN_BY = ['lookup', 'import', 'api'] as const
export type KnownBy = (typeof KNOWN_BY)[number]

/**
 * No control characters and no half surrogate pairs: PostgreSQL stores no NUL, and half a pair is read back as another
 * text.
 */
const oneLine = /^[^\p{Cc}\p{Cs}]*$/u
const lines = /^([^\p{Cc}\p{Cs}]|[\n\t])*$/u
/** Tags contain neither separators nor characters that JSON escapes. */
const tagText = /^[^\p{Cc}\p{Cs},;，；、|"\\]+$/u

/**
 * Observed TaskIDs have 44 to 57 characters (upstream page 67551 and others). Their shape is a hint, never a condition.
 * A comma separates TaskIDs in an address.
 */
export const taskIdText = z
  .string()
  .max(TASK_LIMITS.id)
  .regex(/^[\x21-\x2b\x2d-\x7e]+$/, 'is not visible ASCII without a comma')

export const taskLabel = z.string().trim().max(TASK_LIMITS.label).regex(oneLine)
export const taskNote = z.string().trim().max(TASK_LIMITS.note).regex(lines)
export const taskTag = z.string().trim().max(TASK_LIMITS.tag).regex(tagText)

/** What people recorded about a task. `sentAt` is epoch seconds; null where unknown. */
export interface TaskRecord {
  label: string
  tags: string[]
  note: string
  sentAt: number | null
}

/** A change to a task. Fields left out stay as they are. `sentAt` null: use the time in the ID, if any. */
export const taskChange = z.strictObject({
  label: taskLabel.optional(),
  tags: z
    .array(taskTag)
    .max(TASK_LIMITS.tags)
    .transform((tags) => [...new Set(tags)])
    .optional(),
  note: taskNote.optional(),
  sentAt: instant.nullable().optional(),
})
export const putTaskQuery = z.strictObject({ taskId: taskIdText, body: taskChange })
export type PutTaskQuery = z.infer<typeof putTaskQuery>

const described = { label: z.string(), tags: z.array(z.string()), note: z.string(), sentAt: instant.nullable() }

export const taskReply = z.object({
  taskId: z.string(),
  ...described,
  knownBy: z.enum(KNOWN_BY),
  createdAt: instant,
})
export type TaskReply = z.infer<typeof taskReply>

/** An empty form field means: no condition. */
const filled = (given: unknown) => (given === '' ? undefined : given)

export const tasksQuery = z.strictObject({
  q: z
    .preprocess(filled, z.string().trim().max(200).regex(oneLine).optional())
    .describe('Words of the label, the tags, the ID or the note'),
  tag: z.preprocess(filled, taskTag.optional()),
  sort: z.enum(TASK_SORTS).default('sentAt'),
  dir: z.enum(DIRECTIONS).optional().describe('Left out: the usual direction of this order'),
  group: z.enum(['tag']).optional().describe('tag: ordered by the first tag, then by the sort'),
  cursor: z.string().max(2_000).optional().describe('The next of the previous page'),
  limit: z.coerce.number().int().min(1).max(MAX_IMPORT_LINES).default(50),
})
export type TasksQuery = z.infer<typeof tasksQuery>

/** The tables of the list as CSV, one per request. `tags` needs a `group`. */
export const TASK_TABLES = ['campaigns', 'tags'] as const

/** A request of the API. `table` chooses the table of the CSV; JSON has both. */
export const tasksRequest = tasksQuery.extend({
  table: z.enum(TASK_TABLES).default('campaigns').describe('The table of the CSV'),
  format: fileFormat,
})
export type TasksRequest = z.infer<typeof tasksRequest>

/**
 * The reason that explains most of what a task lost. `share` is its share of the loss of that stage. `count` is null only in
 * a shared view without counts.
 */
const taskReason = z.object({
  stage: z.enum(STAGES_OF_LOSS),
  code: z.string(),
  text: z.string(),
  title: z.string(),
  key: z.string().nullable(),
  count: z.number().int().nullable(),
  share: z.number().nullable(),
})

const number = z.number().int().nullable()
/** Counts of a task at an age in seconds, for a small chart. */
const growthPoint = z.object({ age: z.number().int(), sent: number, delivered: number, clicked: number })

/**
 * The delivery rate of a task minus the median of its tag's other tasks, at the largest age that both have. Fractions, over
 * vendors with receipts.
 */
const tagChange = z.object({ tag: z.string(), age: z.enum(TASK_AGES), delivery: z.number(), median: z.number() })

/** A task in the list. What is not stored yet is null, never 0. */
export const listedTask = taskReply.extend({
  /** Whole hours since it was sent. */
  ageHours: z.number().int().nullable(),
  /** Its counts and rates, as the funnel of this task says them. */
  total: totalReply.nullable(),
  /** When Tencent gave these counts. */
  asOf: instant.nullable(),
  change: tagChange.nullable(),
  reason: taskReason.nullable(),
  growth: z.array(growthPoint),
})
export type ListedTask = z.infer<typeof listedTask>

/**
 * The sums of all campaigns with the same first tag, over the `known` ones of them that have numbers. `delivery` is over
 * vendors with receipts, which sent `share` of `sent`. Rates and shares are fractions.
 */
const taskGroup = z.object({
  tag: z.string().nullable(),
  campaigns: z.number().int(),
  known: z.number().int(),
  sent: number,
  delivered: number,
  clicked: number,
  reportingSent: number,
  reportingDelivered: number,
  delivery: z.number().nullable(),
  share: z.number().nullable(),
  click: z.number().nullable(),
  clickBasis: z.enum(['delivered', 'sent']),
})
export type TaskGroup = z.infer<typeof taskGroup>

export const tasksReply = z.object({
  items: z.array(listedTask),
  next: z.string().nullable(),
  /** The groups of these items, in their order; empty where the list is not grouped. */
  groups: z.array(taskGroup),
  /** The zone of the app, in which its pages and files show times. */
  tz: z.string(),
  /** The oldest answer among the numbers of these items; null where none has any. */
  asOf: instant.nullable(),
  /** How many of these items have numbers. */
  coverage: z.object({ held: z.number().int(), expected: z.number().int() }),
})
export type TasksReply = z.infer<typeof tasksReply>

export const searchQuery = z.strictObject({ q: z.string().trim().min(1).max(200).regex(oneLine) })
export type SearchQuery = z.infer<typeof searchQuery>

export const searchReply = z.object({ items: z.array(taskReply) })
export type SearchReply = z.infer<typeof searchReply>

export const importQuery = z.strictObject({ text: z.string(), dryRun: z.boolean().default(false) })
export type ImportQuery = z.infer<typeof importQuery>

const IMPORT_STATES = ['new', 'changed', 'same', 'refused'] as const
/** Why a line is refused. The other lines are imported. */
export const IMPORT_REFUSALS = ['no_id', 'bad_id', 'twice', 'label_long', 'note_long', 'tag_long', 'tags_many'] as const
/** Warnings about a line that is imported anyway. */
export const IMPORT_HINTS = ['other_app', 'unlike', 'time_unread'] as const

export const importRow = z.object({
  /** The line in the text, from 1. */
  line: z.number().int(),
  taskId: z.string(),
  /** The task after the import. */
  ...described,
  /** The task before the change; null otherwise. */
  was: z.object(described).nullable(),
  state: z.enum(IMPORT_STATES),
  why: z.enum(IMPORT_REFUSALS).nullable(),
  hints: z.array(z.enum(IMPORT_HINTS)),
})
export type ImportRow = z.infer<typeof importRow>

const count = z.number().int()
export const importReply = z.object({
  rows: z.array(importRow),
  summary: z.object({ new: count, changed: count, same: count, refused: count }),
  /** Undoes this import, for a day; null where nothing was written. */
  undo: z.string().nullable(),
})
export type ImportReply = z.infer<typeof importReply>

export const undoQuery = z.strictObject({ undo: z.uuid() })
export type UndoQuery = z.infer<typeof undoQuery>

export const undoReply = z.object({ removed: count, restored: count })
export type UndoReply = z.infer<typeof undoReply>
