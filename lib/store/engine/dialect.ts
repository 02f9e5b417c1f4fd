import 'server-only'
import { type Kysely, PostgresAdapter } from 'kysely'

/** True on PostgreSQL, false on SQLite: asked only where the two have no common words. */
export function isPostgres<T>(db: Kysely<T>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter
}
