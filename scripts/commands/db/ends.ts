import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { holdLease, LEASE_MS } from '@/lib/context-lease'
import { systemTimers } from '@/lib/gateway/timers'
import { lockFile } from '@/lib/store/engine/lock'
import { readiness } from '@/lib/store/engine/migrate'
import { type DatabaseUrl, type Db, openDatabase } from '@/lib/store/engine/open'
import { COPY, leases, SERVER } from '@/lib/store/lanes/leases'

/** A reason not to copy, as the operator reads it. */
export class CopyRefused extends Error {}

/** An opened database that no server uses until `release`. */
export interface End {
  db: Db
  release(): Promise<void>
}

const SCHEMA: Record<Exclude<Awaited<ReturnType<typeof readiness>>, 'ready'>, string> = {
  behind: 'has the schema of an older version, or none: start this Pushlens on it once, and stop it',
  newer: 'has the schema of a newer version: use that version',
  unreachable: 'cannot be opened',
}

/** Reads the URL of the other database. A password in it would be visible to everybody on this machine. */
export function urlOf(text: string): DatabaseUrl {
  if (text.startsWith('sqlite:') && text.length > 7) return { kind: 'sqlite', path: resolve(text.slice(7)) }
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) {
    throw new CopyRefused('Name the other database as sqlite:PATH or postgres://USER@HOST/NAME.')
  }
  if (new URL(text).password !== '') {
    throw new CopyRefused(
      'Leave the password out of the URL, where every user of this machine can read it. Set PGPASSWORD.',
    )
  }
  return { kind: 'postgres', url: text }
}

/** Returns the name of a database without its password. */
export function nameOf(url: DatabaseUrl): string {
  if (url.kind === 'sqlite') return url.path
  const { host, pathname } = new URL(url.url)
  return `PostgreSQL ${host}${pathname}`
}

/** Opens a database of this version and keeps servers from it. Throws CopyRefused while one uses it. */
export async function openUnused(url: DatabaseUrl): Promise<End> {
  if (url.kind === 'sqlite' && !existsSync(url.path)) throw new CopyRefused(`There is no database at ${url.path}.`)
  const lock = url.kind === 'sqlite' ? await lockFile(url.path) : null
  const db = await openDatabase(url)
  try {
    const state = await readiness(db)
    if (state !== 'ready') throw new CopyRefused(`${nameOf(url)} ${SCHEMA[state]}.`)
    const lease = lock === null ? await keepServersOut(url, db) : null
    return {
      db,
      async release() {
        await lease?.stop()
        await db.destroy()
        lock?.release()
      },
    }
  } catch (error) {
    await db.destroy()
    lock?.release()
    throw error
  }
}

/** Servers look for this lease after they have announced themselves, so that one of both sees the other. */
async function keepServersOut(url: DatabaseUrl, db: Db): Promise<{ stop(): Promise<void> }> {
  const all = leases(db, { wallMs: Date.now })
  const owner = randomUUID()
  if ((await all.take(COPY, owner, LEASE_MS)) === null) throw new CopyRefused(`${nameOf(url)} is already being copied.`)
  const servers = await all.held(SERVER)
  if (servers.length > 0) {
    await all.release(COPY, owner)
    const some = servers.length === 1 ? 'A server uses' : `${servers.length} servers use`
    throw new CopyRefused(`${some} ${nameOf(url)}: stop Pushlens first. After a kill, wait 10 seconds.`)
  }
  const log = { info: () => undefined, warn: () => undefined }
  return holdLease({ leases: all, owner, timers: systemTimers, log }, COPY)
}
