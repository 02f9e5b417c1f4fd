import type { TestProject } from 'vitest/node'
import { startPostgres } from './scripts/postgres.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: string
  }
}

/** One PostgreSQL for the whole run; each test gets a database of its own in it. */
export default async function setup(project: TestProject) {
  const server = await startPostgres()
  project.provide('postgres', server.url)
  return () => server.stop()
}
