import 'server-only'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, describe, inject } from 'vitest'
import { migrate } from '@/lib/store/engine/migrate'
import { type DatabaseUrl, type Db, openDatabase } from '@/lib/store/engine/open'

/**
 * What a suite receives. `open` migrates a fresh database. `again` opens another connection to it, as a second process
 * would.
 */
export interface Stores {
  kind: DatabaseUrl['kind']
  open(): Promise<Db>
  again(): Promise<Db>
}

/** Runs one contract suite on SQLite (a fresh file) and on a real PostgreSQL (a fresh database). */
export function describeStores(name: string, suite: (stores: Stores) => void): void {
  describe.each(['sqlite', 'postgres'] as const)(`${name} on %s`, (kind) => {
    const undo: (() => unknown)[] = []
    let url: DatabaseUrl | undefined

    afterEach(async () => {
      for (const step of undo.splice(0).reverse()) await step()
    })

    async function again(): Promise<Db> {
      if (!url) throw new Error('open a database first')
      const db = await openDatabase(url)
      undo.push(() => db.destroy())
      return db
    }

    async function open(): Promise<Db> {
      url = kind === 'sqlite' ? freshFile(undo) : await freshDatabase(undo)
      const db = await again()
      await migrate(db)
      return db
    }

    suite({ kind, open, again })
  })
}

export function freshFile(undo: (() => unknown)[]): DatabaseUrl {
  const dir = mkdtempSync(join(tmpdir(), 'pl-db-'))
  undo.push(() => rmSync(dir, { recursive: true, force: true }))
  return { kind: 'sqlite', path: join(dir, 'test.db') }
}

export async function freshDatabase(undo: (() => unknown)[]): Promise<DatabaseUrl> {
  const admin = inject('postgres')
  const name = `t_${randomBytes(6).toString('hex')}`
  await run(admin, `create database ${name}`)
  undo.push(() => run(admin, `drop database ${name} with (force)`))
  const url = new URL(admin)
  url.pathname = `/${name}`
  return { kind: 'postgres', url: url.toString() }
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
