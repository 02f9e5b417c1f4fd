import 'server-only'
import { type Kysely, PostgresAdapter } from 'kysely'

/** Returns true on PostgreSQL and false on SQLite. Use it only where the two have no SQL in common. */
export function isPostgres(db: Pick<Kysely<unknown>, 'getExecutor'>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter
}
