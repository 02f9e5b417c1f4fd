import 'server-only'
import { context } from '@/lib/context'
import { json } from './respond'

/** What is wrong, for each state of the database. Says nothing of addresses and files: everybody may ask. */
const REASONS = {
  ready: [],
  behind: ['The database is from an older version, and its migrations have not run.'],
  newer: ['The database was written by a newer version. Start that version.'],
  unreachable: ['The database cannot be reached, or the start failed. The log of the server says why.'],
} as const

/** Reports whether the process can work: database reachable, tables up to date. It works without Tencent, by reading. */
export async function readyRoute(): Promise<Response> {
  const database = await context().then(
    ({ ctx }) => ctx.store.readiness(),
    () => 'unreachable' as const,
  )
  const reasons = REASONS[database]
  return json({ ok: database === 'ready', database, reasons }, database === 'ready' ? 200 : 503)
}
