import type { TestProject } from 'vitest/node'
import { startPostgres } from './scripts/postgres.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: string
  }
}

/** Starts one PostgreSQL for the whole run. Each test creates its own database in it. */
export default async function setup(project: TestProject) {
  const server = await startPostgres()
  project.provide('postgres', server.url)
  return () => server.stop()
}
