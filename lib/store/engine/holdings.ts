import 'server-only'
import { type RawBuilder, sql } from 'kysely'
import { isPostgres } from './dialect'
import type { Db } from './open'

/** What one kind of data has. `oldest` is in epoch seconds; null where there are no rows. */
export interface Holding {
  rows: number
  /** Rows that belong to the time since `since`. */
  recent: number
  oldest: number | null
  /** Average bytes of a row, of a sample; null where there are no rows. */
  rowBytes: number | null
}
const WINDOW_KINDS = ['hours', 'days', 'losses', 'tasks', 'exact'] as const
type WindowKind = (typeof WINDOW_KINDS)[number]

/** Numbers, times and keys of a row, and its part of the indexes, beside its long texts. */
const REST_OF_ROW = 120
const SAMPLE = 500

const none = (): Holding => ({ rows: 0, recent: 0, oldest: null, rowBytes: null })

/** Counts and measures what is stored. Counts come from indexes and sizes from samples, so large tables are quick. */
export function holdings(db: Db) {
  /** Counts the rows of a table by a column of times, and measures its long columns. */
  async function ofTable(table: string, at: string, since: number, long: readonly string[] = []): Promise<Holding> {
    const [name, time] = [sql.table(table), sql.ref(at)]
    const counted = await sql<Record<'rows' | 'recent' | 'oldest', number | null>>`
      select count(*) as rows, sum(case when ${time} >= ${since} then 1 else 0 end) as recent, min(${time}) as oldest
      from ${name}`.execute(db)
    const [row] = counted.rows
    if (!row?.rows) return none()
    const bytes = sql.join(
      long.map((column) => sql`coalesce(length(${sql.ref(column)}), 0)`),
      sql` + `,
    )
    const sampled = await sql<{ bytes: number }>`
      select avg(bytes) as bytes from
        (select ${long.length > 0 ? bytes : sql.lit(0)} as bytes from ${name} limit ${SAMPLE}) s`.execute(db)
    return {
      rows: Number(row.rows),
      recent: Number(row.recent),
      oldest: row.oldest,
      rowBytes: Number(sampled.rows[0]?.bytes ?? 0) + REST_OF_ROW,
    }
  }

  async function countWindows(since: number, where: RawBuilder<unknown>) {
    const { rows } = await sql<{ kind: Exclude<WindowKind, 'exact'>; rows: number; recent: number; oldest: number }>`
      select ${kindOf} as kind, count(*) as rows, min(from_s) as oldest,
        sum(case when from_s >= ${since} then 1 else 0 end) as recent
      from windows where ${where} group by 1`.execute(db)
    return rows.map((row) => ({ ...row, rows: Number(row.rows), recent: Number(row.recent) }))
  }

  async function windowBytes(): Promise<(kind: WindowKind) => number> {
    const { rows } = await sql<{ kind: WindowKind; kept: number; bytes: number }>`
      select ${kindOf} as kind, kept, coalesce(length(counts), 0) + coalesce(length(losses), 0) + coalesce(
        (select sum(length(raw)) from window_answers a where a.window_id = windows.id), 0) as bytes
      from windows order by id desc limit ${2 * SAMPLE}`.execute(db)
    return (kind) => {
      const of = rows.filter((row) => (row.kept === 0 ? 'exact' : row.kind) === kind)
      const some = of.length > 0 ? of : rows
      return some.reduce((sum, { bytes }) => sum + Number(bytes), 0) / Math.max(1, some.length) + REST_OF_ROW
    }
  }

  return {
    ofTable,

    /** Returns the windows by kind. `since` is data time, and compared with the start of a window. */
    async windows(since: number): Promise<Record<WindowKind, Holding>> {
      // The index that has the kept windows too does not know which are kept. A small index has those that are not.
      const [all, exact, bytesOf] = await Promise.all([
        countWindows(since, sql`1 = 1`),
        countWindows(since, sql`kept = 0`),
        windowBytes(),
      ])
      const found = Object.fromEntries(WINDOW_KINDS.map((kind) => [kind, none()])) as Record<WindowKind, Holding>
      for (const { kind, rows, recent, oldest } of exact) {
        found[kind] = { ...none(), rows: -rows, recent: -recent }
        const { exact: sum } = found
        const first = Math.min(oldest, sum.oldest ?? oldest)
        found.exact = { rows: sum.rows + rows, recent: sum.recent + recent, oldest: first, rowBytes: null }
      }
      for (const { kind, rows, recent, oldest } of all) {
        const sum = found[kind]
        const kept = sum.rows + rows
        found[kind] = { rows: kept, recent: sum.recent + recent, oldest: kept > 0 ? oldest : null, rowBytes: null }
      }
      for (const kind of WINDOW_KINDS) if (found[kind].rows > 0) found[kind].rowBytes = bytesOf(kind)
      return found
    },

    /** Returns the bytes of the whole database, with its indexes and free space. */
    async totalBytes(): Promise<number> {
      const { rows } = isPostgres(db)
        ? await sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`.execute(db)
        : await sql<{ bytes: number }>`
            select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()`.execute(db)
      return Number(rows[0]?.bytes ?? 0)
    },
  }
}

/** The kind of a window that is kept. */
const kindOf = sql`case when task <> '' then 'tasks' when metric = 'loss' then 'losses'
  when to_s - from_s = 3600 then 'hours' else 'days' end`
