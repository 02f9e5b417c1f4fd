import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { base } from '@/lib/context-base'
import { readEnv } from '@/lib/env'
import { lockFile } from '@/lib/store/engine/lock'
import { migrate } from '@/lib/store/engine/migrate'
import { type DatabaseUrl, type Db, openDatabase } from '@/lib/store/engine/open'
import { COPY, leases, SERVER } from '@/lib/store/lanes/leases'
import { freshDatabase } from '@/lib/store/testing/database'
import { isEmpty } from '@/lib/store/transfer/copy-tables'
import { bundled } from '@/lib/testing/bundled'
import { realClock } from '@/lib/testing/clock'
import { addUser } from '../people'
import { listUsers } from '../users'
import { copyDb } from './copy'

const undo: (() => unknown)[] = []
let folder = ''
let path = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pl-copy-'))
  undo.push(() => rmSync(folder, { recursive: true }))
  path = join(folder, 'pushlens.db')
})
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

const OPTIONS = { app: '*', 'password-stdin': false }
const KEY = 'Qm9uZmlyZXMgYnVybiBhbGwgbmlnaHQgbG9uZyEh+/8='
const envOf = (url: string) =>
  readEnv({ DATABASE_URL: url, LOG_LEVEL: 'silent', ...(url.startsWith('sqlite') ? {} : { MASTER_KEY: KEY }) })
const copy = (from: string, to: string) => copyDb(envOf(from), { ...OPTIONS, to })
const textOf = (url: DatabaseUrl) => (url.kind === 'sqlite' ? `sqlite:${url.path}` : url.url)

/** Makes an installation with a master key and a first entry of the audit. */
async function installation(): Promise<string> {
  const { store } = await base(envOf(`sqlite:${path}`))
  await store.close()
  return `sqlite:${path}`
}

async function opened(url: DatabaseUrl): Promise<Db> {
  const db = await openDatabase(url)
  undo.push(() => db.destroy())
  return db
}

function cli(args: string[], env: Record<string, string>): ChildProcess {
  const line = [...bundled('scripts/cli.ts'), ...args]
  const { PATH, HOME } = process.env
  const given = { NODE_ENV: 'test' as const, PATH, HOME, ...env }
  return spawn(process.execPath, line, { cwd: resolve(import.meta.dirname, '../../..'), env: given })
}

async function run(args: string[], env: Record<string, string>): Promise<{ code: number; out: string; err: string }> {
  const child = cli(args, env)
  let [out, err] = ['', '']
  child.stdout?.on('data', (chunk) => (out += chunk))
  child.stderr?.on('data', (chunk) => (err += chunk))
  const [code] = (await once(child, 'close')) as [number]
  return { code, out, err }
}

/** Resolves when the process has written such a line to its error output. */
async function says(child: ChildProcess, line: RegExp): Promise<void> {
  let said = ''
  for await (const chunk of child.stderr ?? []) {
    said += chunk
    if (line.test(said)) return
  }
  throw new Error(`it ended, but only said: ${said}`)
}

describe('db copy', () => {
  test('moves an installation to PostgreSQL and back, where its key opens it', async () => {
    const source = await installation()
    const there = await freshDatabase(undo)
    const back = `sqlite:${join(folder, 'back', 'pushlens.db')}`
    const done = await run(['db', 'copy', '--to', textOf(there)], { DATABASE_URL: source })
    expect(done).toMatchObject({ code: 0 })
    expect(done.out).toMatch(/^ok {3}audit: 1 rows, [0-9a-f]{12}$/m)
    expect(done.out).toContain(`MASTER_KEY_FILE=${folder}/master.key`)
    const keyed = (url: string) =>
      readEnv({ DATABASE_URL: url, MASTER_KEY_FILE: join(folder, 'master.key'), LOG_LEVEL: 'silent' })
    const moved = keyed(textOf(there))
    await addUser(moved, { ...OPTIONS, email: 'ana@example.com', role: 'admin' })
    const changed = await copyDb(moved, { ...OPTIONS, check: source })
    expect(changed).toMatchObject({ exitCode: 1, text: expect.stringMatching(/^bad {2}audit: 2 and 1 rows$/m) })
    expect((await copyDb(moved, { ...OPTIONS, to: back })).text).toContain('and the same MASTER_KEY')
    const same = await copyDb(moved, { ...OPTIONS, check: back })
    expect(same.text).toContain('Both databases have the same rows.')
    expect((await listUsers(keyed(back), OPTIONS)).text).toContain('ana@example.com')
    // The lease of the copy has ended, so that servers may start.
    expect(await leases(await opened(there), realClock).held(COPY)).toEqual([])
  }, 60_000)

  test.each(['sqlite', 'postgres'] as const)(
    'that is killed leaves no %s database, and can be repeated',
    async (kind) => {
      const source = await installation()
      const many = await openDatabase({ kind: 'sqlite', path })
      await sql`insert into settings (key, value) with recursive n(i) as (select 1 union all select i + 1 from n limit 150000)
      select 'row-' || i, hex(randomblob(40)) from n`.execute(many)
      await many.destroy()
      const to = kind === 'sqlite' ? ({ kind, path: join(folder, 'to', 'new.db') } as const) : await freshDatabase(undo)
      const child = cli(['db', 'copy', '--to', textOf(to)], { DATABASE_URL: source })
      await says(child, /^settings: \d+ rows$/m)
      child.kill('SIGKILL')
      await once(child, 'close')
      if (to.kind === 'sqlite') {
        expect(existsSync(to.path)).toBe(false)
        expect(readdirSync(join(folder, 'to')).some((name) => name.endsWith('.part'))).toBe(true)
      } else {
        const db = await opened(to)
        await expect.poll(() => isEmpty(db)).toBe(true)
      }
      const few = await openDatabase({ kind: 'sqlite', path })
      await sql`delete from settings where key like 'row-%'`.execute(few)
      await few.destroy()
      expect((await copy(source, textOf(to))).text).toContain('Every row was read back')
    },
    60_000,
  )
})

describe('db copy refuses', () => {
  const refused = (text: string | RegExp) => ({ exitCode: 64, text: expect.stringMatching(text) })

  test('a source that a server uses', async () => {
    const source = await installation()
    const to = `sqlite:${join(folder, 'new.db')}`
    const server = await lockFile(path)
    await expect(copy(source, to)).rejects.toMatchObject({
      exitCode: 75,
      message: expect.stringContaining('stop it first'),
    })
    server.release()

    const database = await freshDatabase(undo)
    const db = await opened(database)
    await migrate(db)
    const all = leases(db, realClock)
    await all.take(`${SERVER}one`, 'one', 60_000)
    expect(await copy(textOf(database), to)).toMatchObject(refused(/^A server uses PostgreSQL .*: stop Pushlens first/))
    await all.take(`${SERVER}two`, 'two', 60_000)
    expect(await copy(textOf(database), to)).toMatchObject(refused(/^2 servers use/))
    for (const owner of ['one', 'two']) await all.release(SERVER + owner, owner)
    await all.take(COPY, 'another copy', 60_000)
    expect(await copy(textOf(database), to)).toMatchObject(refused('is already being copied'))
    await all.release(COPY, 'another copy')
    expect(await copy(textOf(database), to)).toMatchObject({ text: expect.stringContaining('the same MASTER_KEY') })
  })

  test('a target that is not empty, and leaves it as it is', async () => {
    const source = await installation()
    expect(await copy(source, source)).toMatchObject(refused('There is a file at'))
    const other = join(folder, 'other.db')
    const db = await openDatabase({ kind: 'sqlite', path: other })
    await db.destroy()
    expect(await copy(source, `sqlite:${other}`)).toMatchObject(refused('There is a file at .*other.db already'))
    const database = await freshDatabase(undo)
    const target = await opened(database)
    await sql`create table notes (text text)`.execute(target)
    expect(await copy(source, textOf(database))).toMatchObject(refused('is not empty: name a new database'))
  })

  test('another schema version, an absent source, a password in the URL, and what is no database', async () => {
    const to = `sqlite:${join(folder, 'new.db')}`
    expect(await copy(`sqlite:${path}`, to)).toMatchObject(refused('There is no database at'))
    const source = await installation()
    expect(await copy(source, 'postgres://ana:secret@127.0.0.1/x')).toMatchObject(refused('Set PGPASSWORD'))
    expect(await copy(source, 'postgres://ana@127.0.0.1:9/x')).toMatchObject(
      refused('PostgreSQL 127.0.0.1:9/x cannot be opened'),
    )
    expect(await copy(source, '/tmp/new.db')).toMatchObject(refused('Name the other database as'))
    expect(await copyDb(envOf(source), OPTIONS)).toMatchObject(refused('db copy --check URL'))
    const db = await openDatabase({ kind: 'sqlite', path })
    await sql`delete from kysely_migration where name = '040-leases'`.execute(db)
    expect(await copy(source, to)).toMatchObject(refused('older version'))
    await sql`insert into kysely_migration values ('040-leases', 'x'), ('999-later', 'x')`.execute(db)
    await db.destroy()
    expect(await copy(source, to)).toMatchObject(refused('newer version'))
    expect(existsSync(join(folder, 'new.db'))).toBe(false)
  })
})
