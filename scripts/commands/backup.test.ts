import { execFile } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { base } from '@/lib/context-base'
import { readEnv } from '@/lib/env'
import { copyDatabase } from '@/lib/store/engine/copy'
import { lockFile } from '@/lib/store/engine/lock'
import { openDatabase } from '@/lib/store/engine/open'
import { createStore } from '@/lib/store/store'
import { bundled } from '@/lib/testing/bundled'
import { realClock } from '@/lib/testing/clock'
import { backup, restore } from './backup'

let folder = ''
let path = ''
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pl-backup-'))
  path = join(folder, 'pushlens.db')
  const { store } = await base(readEnv({ DATABASE_URL: `sqlite:${path}`, LOG_LEVEL: 'silent' }))
  await store.close()
})
afterEach(() => rmSync(folder, { recursive: true }))

function cli(args: string[], env: Record<string, string> = {}): Promise<{ code: number; out: string; err: string }> {
  const line = [...bundled('scripts/cli.ts'), ...args]
  const cwd = resolve(import.meta.dirname, '../..')
  const given = {
    NODE_ENV: 'test' as const,
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    DATABASE_URL: `sqlite:${path}`,
    ...env,
  }
  return new Promise((done) => {
    execFile(process.execPath, line, { cwd, env: given }, (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, out, err }),
    )
  })
}

const OPTIONS = { app: '*', 'password-stdin': false }
const envOf = (database = path) => readEnv({ DATABASE_URL: `sqlite:${database}`, LOG_LEVEL: 'silent' })
const check = (file: string) => restore(envOf(), { ...OPTIONS, check: file })

const rowsOf = async (file: string) => {
  const db = await openDatabase({ kind: 'sqlite', path: file })
  const rows = await db.selectFrom('settings').selectAll().where('key', 'like', 'row-%').orderBy('key').execute()
  await db.destroy()
  return rows
}

describe('a backup', () => {
  test('taken during writes contains whole transactions only, and restores to the same rows', async () => {
    const db = await openDatabase({ kind: 'sqlite', path })
    let written = 0
    const write = (n: number) =>
      db.transaction().execute(async (trx) => {
        const key = `row-${String(n).padStart(6, '0')}`
        await trx
          .insertInto('settings')
          .values({ key: `${key}-a`, value: `${n}` })
          .execute()
        await breathe()
        await trx
          .insertInto('settings')
          .values({ key: `${key}-b`, value: `${n}` })
          .execute()
        written = n
      })
    for (let n = 1; n <= 50; n++) await write(n)
    const copy = join(folder, 'copy.db')
    let over = false
    const run = cli(['backup', '--to', copy]).finally(() => {
      over = true
    })
    while (!over) await write(written + 1)
    expect(await run).toMatchObject({ code: 0, out: expect.stringContaining(copy) })
    await db.destroy()

    const [all, kept] = [await rowsOf(path), await rowsOf(copy)]
    expect(kept.length).toBeGreaterThanOrEqual(100)
    expect(kept.length % 2).toBe(0)
    expect(all.length).toBeGreaterThan(kept.length)
    expect(kept).toEqual(all.slice(0, kept.length))
    copyFileSync(copy, join(folder, 'restored.db'))
    const context = await base(readEnv({ DATABASE_URL: `sqlite:${folder}/restored.db`, LOG_LEVEL: 'silent' }))
    expect(await context.store.readiness()).toBe('ready')
    await context.store.close()
    expect(await rowsOf(join(folder, 'restored.db'))).toEqual(kept)
  })

  test('is readable by its owner only, leaves no partial file, and replaces no file', async () => {
    const db = await openDatabase({ kind: 'sqlite', path })
    const copy = join(folder, 'copy.db')
    await db.insertInto('settings').values({ key: 'row-fresh', value: 'still in the log of SQLite' }).execute()
    await copyDatabase(path, copy)
    expect(statSync(copy).mode & 0o777).toBe(0o600)
    await expect(copyDatabase(path, copy)).rejects.toThrow('already exists')
    await expect(copyDatabase(path, join(folder, 'nowhere', 'copy.db'))).rejects.toThrow()
    await db.destroy()
    expect(readdirSync(folder).filter((name) => name.startsWith('copy.db'))).toEqual(['copy.db'])
    expect(await rowsOf(copy)).toMatchObject([{ key: 'row-fresh' }])
  })

  test('of PostgreSQL refers to pg_dump', async () => {
    const key = Buffer.from(Array.from({ length: 32 }, (_, i) => (i * 89 + 7 * i * i) % 251)).toString('base64')
    const result = await cli(['backup'], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', MASTER_KEY: key })
    expect(result).toMatchObject({ code: 64, err: expect.stringContaining('pg_dump') })
  })
})

describe('restore --check', () => {
  test('accepts a good backup, changes nothing, and reminds of the key', async () => {
    const { out } = await cli(['backup'])
    const [copy = ''] = out.split('\n')
    const [before, names] = [readFileSync(copy), readdirSync(folder)]
    const result = await cli(['restore', '--check', copy])
    expect(result.code).toBe(0)
    expect(result.out).toContain('the file is intact')
    expect(result.out).toContain('the master key matches')
    expect(result.out).toContain('Without the key no backup can be opened')
    expect(readFileSync(copy).equals(before)).toBe(true)
    expect(readdirSync(folder)).toEqual(names)
  })

  test('reports a different or missing key', async () => {
    const db = await openDatabase({ kind: 'sqlite', path })
    const copy = join(folder, 'copy.db')
    await copyDatabase(path, copy)
    await db.destroy()
    const key = join(folder, 'master.key')
    writeFileSync(key, `${Buffer.from(readFileSync(key, 'utf8'), 'base64').reverse().toString('base64')}\n`)
    chmodSync(key, 0o600)
    expect(await cli(['restore', '--check', copy])).toMatchObject({
      code: 1,
      out: expect.stringContaining('different key'),
    })
    rmSync(key)
    expect(await cli(['restore', '--check', copy])).toMatchObject({
      code: 1,
      out: expect.stringContaining('no master key'),
    })
    expect(readdirSync(folder)).not.toContain('master.key')
  })

  test('detects damage, newer schemas and foreign files', async () => {
    const db = await openDatabase({ kind: 'sqlite', path })
    const settings = createStore(db, realClock).settings
    for (let n = 0; n < 400; n++) await settings.set(`row-${n}`, 'x'.repeat(200))
    const copy = join(folder, 'copy.db')
    await copyDatabase(path, copy)
    await db.destroy()
    const bytes = readFileSync(copy)
    bytes.fill(0x5a, bytes.length - 8_192 * 3, bytes.length - 8_192)
    writeFileSync(join(folder, 'torn.db'), bytes)
    expect((await check(join(folder, 'torn.db'))).exitCode).toBe(1)
    writeFileSync(join(folder, 'text.db'), 'not a database, but a text that is long enough'.repeat(50))
    await expect(check(join(folder, 'text.db'))).rejects.toThrow('cannot be opened as a database')
    const newer = await openDatabase({ kind: 'sqlite', path: copy })
    await newer
      .insertInto('kysely_migration' as never)
      .values({ name: '999-later', timestamp: 'x' } as never)
      .execute()
    await newer.destroy()
    expect(await check(copy)).toMatchObject({ exitCode: 1, text: expect.stringContaining('newer') })
  })

  test('without a file explains how to restore', async () => {
    expect(await cli(['restore'])).toMatchObject({ code: 64, err: expect.stringContaining('restore --from FILE') })
    expect((await cli(['restore', '--check', join(folder, 'absent.db')])).code).toBe(64)
  })
})

describe('restore --from', () => {
  test('replaces the database under the lock of the server, and keeps the one from before', async () => {
    const { text } = await backup(envOf(), OPTIONS)
    const [copy = ''] = text.split('\n')
    expect(copy).toMatch(/backups\/pushlens-\d{8}T\d{6}Z-manual\.db$/)
    const db = await openDatabase({ kind: 'sqlite', path })
    await db.insertInto('settings').values({ key: 'row-later', value: 'x' }).execute()
    await db.destroy()

    const server = await lockFile(path)
    await expect(restore(envOf(), { ...OPTIONS, from: copy })).rejects.toThrow('stop it first')
    server.release()
    expect(await rowsOf(path)).toHaveLength(1)

    const result = await restore(envOf(), { ...OPTIONS, from: copy })
    expect(result).toMatchObject({ exitCode: 0, text: expect.stringContaining('Start Pushlens') })
    expect(await rowsOf(path)).toEqual([])
    const [kept = ''] = readdirSync(folder).filter((name) => name.includes('.replaced-'))
    expect(await rowsOf(join(folder, kept))).toMatchObject([{ key: 'row-later' }])
  })

  test('restores nothing that the check refuses', async () => {
    const copy = join(folder, 'copy.db')
    await copyDatabase(path, copy)
    rmSync(join(folder, 'master.key'))
    const before = readFileSync(path)
    const result = await restore(envOf(), { ...OPTIONS, from: copy })
    expect(result).toMatchObject({ exitCode: 1, text: expect.stringContaining('provide the key of this backup') })
    expect(readFileSync(path).equals(before)).toBe(true)
  })
})
