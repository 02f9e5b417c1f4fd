import 'server-only'
import type { DatabaseConnection } from 'kysely'

const wrapped = new WeakSet<DatabaseConnection>()

/**
 * Replaces the NUL character in the texts of all statements. An address or a body can contain it, but PostgreSQL has no
 * such character and fails, and SQLite's interface ends a text at it: `1\0` would find `1`. Nothing stored has the
 * replacement, so an ID with a NUL is unknown.
 */
export function withoutNul(connection: DatabaseConnection): DatabaseConnection {
  if (wrapped.has(connection)) return connection
  wrapped.add(connection)
  const run = connection.executeQuery.bind(connection)
  connection.executeQuery = (query) =>
    run(query.parameters.some(hasNul) ? { ...query, parameters: query.parameters.map(clean) } : query)
  return connection
}

const hasNul = (parameter: unknown): parameter is string => typeof parameter === 'string' && parameter.includes('\0')

const clean = (parameter: unknown): unknown => (hasNul(parameter) ? parameter.replaceAll('\0', '\ufffd') : parameter)
