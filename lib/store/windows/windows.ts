import 'server-only'
import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { type Selectable, sql } from 'kysely'
import type { LossRecord, LossRow } from '@/lib/contract/records'
import type { Metric, Source } from '@/lib/contract/sources'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'
import { type WriteFor, writesOf } from '@/lib/store/engine/unsynced'
import { type Reported, reporting } from './window-reporting'
import { decodeCounts, decodeLosses, type WindowCounts } from './window-rows'
import { type Saved, saveWindows, type WindowAnswer } from './window-save'
import { windowTasks } from './window-tasks'
import { upkeep } from './windows-upkeep'

/** A stored window. Times are epoch seconds, `[from, to)` half-open; `task` '' is the overall total. */
export interface HeldWindow {
  id: number
  task: string
  from: number
  to: number
  fetchedAt: number
  /** The first of the consecutive fetches that returned these counts. */
  sameSince: number
  /** The latest fetch that returned lower counts; see `revisions`. */
  fellAt: number | null
  revision: number
  final: boolean
  unreadable: number
  absent: LossRecord['absent']
  /** Null in a window of losses, and if the upstream returned no record of this task. */
  counts: WindowCounts | null
  losses: LossRow[] | null
}

export interface WindowRevision {
  revision: number
  fetchedAt: number
  raw: string
}

interface Subject {
  appId: string
  source: Source
  metric: Metric
}

const COLUMNS = [
  'id',
  'task',
  'from_s',
  'to_s',
  'fetched_at',
  'same_since',
  'fell_at',
  'revision',
  'final',
  'unreadable',
  'absent',
  'counts',
  'losses',
] as const
const decompress = promisify(inflateRaw)

/** The upstream's answers about spans of time. */
export function windows(db: Db, write: WriteFor = writesOf(db, null)) {
  const of = ({ appId, source, metric }: Subject) =>
    db
      .selectFrom('windows')
      .select(COLUMNS)
      .where('app_id', '=', appId)
      .where('source', '=', source)
      .where('metric', '=', metric)

  return {
    ...upkeep(db),
    ...windowTasks(db),

    /** Saves one answer. An answer older than the stored one changes nothing. */
    async save(answer: WindowAnswer): Promise<Saved> {
      const [saved] = await saveWindows(db, [answer], write)
      if (!saved) throw new Error('nothing was saved')
      return saved
    },

    /** Saves the windows of one call, all or none. */
    saveAll(answers: WindowAnswer[]): Promise<Saved[]> {
      return saveWindows(db, answers, write)
    },

    /**
     * Returns the stored windows of exactly this span for these tasks ('' is the overall total). A task without one is
     * not in the list.
     */
    async find(key: Subject & { from: number; to: number; tasks: string[] }): Promise<HeldWindow[]> {
      if (key.tasks.length === 0) return []
      const found = of(key).where('task', 'in', key.tasks).where('from_s', '=', key.from).where('to_s', '=', key.to)
      return (await found.execute()).map(heldWindow)
    },

    /**
     * Returns all stored windows inside `[from, to)`, also overlapping ones, sorted by start. With `seconds`, only
     * those of this length.
     */
    async within(span: Subject & { task: string; from: number; to: number; seconds?: number }): Promise<HeldWindow[]> {
      let found = of(span)
        .where('task', '=', span.task)
        .where('from_s', '>=', span.from)
        .where('from_s', '<', span.to)
        .where('to_s', '<=', span.to)
      const { seconds } = span
      if (seconds !== undefined) found = found.where((eb) => eb('to_s', '=', eb('from_s', '+', seconds)))
      return (await found.orderBy('from_s').orderBy('to_s').execute()).map(heldWindow)
    },

    /** Returns the stored task windows, lives and exact ones, that start in `[from, to)`. */
    async ofTasks(span: { appId: string; metric: Metric; from: number; to: number }): Promise<HeldWindow[]> {
      const found = of({ ...span, source: 'task' })
        .where('task', '<>', sql.lit(''))
        .where('from_s', '>=', span.from)
        .where('from_s', '<', span.to)
      return (await found.execute()).map(heldWindow)
    },

    /** Returns the raw answer behind the current counts; null for an unknown window. */
    async raw(id: number): Promise<string | null> {
      const row = await db
        .selectFrom('window_answers as a')
        .innerJoin('windows as w', (join) =>
          join.onRef('w.id', '=', 'a.window_id').onRef('w.revision', '=', 'a.revision'),
        )
        .select('a.raw')
        .where('w.id', '=', id)
        .executeTakeFirst()
      return row ? text(row.raw) : null
    },

    /** Returns the earlier answers after which some count decreased, latest first. */
    async revisions(id: number): Promise<WindowRevision[]> {
      const rows = await db
        .selectFrom('window_answers as a')
        .innerJoin('windows as w', (join) =>
          join.onRef('w.id', '=', 'a.window_id').onRef('w.revision', '>', 'a.revision'),
        )
        .select(['a.revision', 'a.fetched_at', 'a.raw'])
        .where('w.id', '=', id)
        .orderBy('a.revision', 'desc')
        .execute()
      return Promise.all(
        rows.map(async (row) => ({ revision: row.revision, fetchedAt: row.fetched_at, raw: await text(row.raw) })),
      )
    },

    /**
     * Returns what each vendor sent and delivered in the overall windows stored since then (epoch seconds). Nothing is
     * counted twice.
     */
    reporting(subject: { appId: string; source: Source; since: number }): Promise<Reported[]> {
      return reporting(db, subject)
    },
  }
}

async function text(raw: Uint8Array): Promise<string> {
  return (await decompress(raw)).toString('utf8')
}

function heldWindow(row: Pick<Selectable<Database['windows']>, (typeof COLUMNS)[number]>): HeldWindow {
  return {
    id: row.id,
    task: row.task,
    from: row.from_s,
    to: row.to_s,
    fetchedAt: row.fetched_at,
    sameSince: row.same_since,
    fellAt: row.fell_at,
    revision: row.revision,
    final: row.final === 1,
    unreadable: row.unreadable,
    // This column is written from this type only.
    absent: JSON.parse(row.absent) as LossRecord['absent'],
    counts: row.counts === null ? null : decodeCounts(row.counts),
    losses: row.losses === null ? null : decodeLosses(row.losses),
  }
}
