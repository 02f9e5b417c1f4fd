import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { kill9, type OtherProcess, otherProcess } from '@/lib/store/testing/process'
import { lockFile } from './lock'
import { migrate } from './migrate'
import { openDatabase } from './open'
import { settings } from './settings'

let folder: string
let path: string
const others: OtherProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pl-lock-'))
  path = join(folder, 'pushlens.db')
})

afterEach(async () => {
  await Promise.all(others.splice(0).map(kill9))
  rmSync(folder, { recursive: true, force: true })
})

/** Runs this code in another process, with `path` and the store's functions in scope. */
async function other(code: string): Promise<OtherProcess> {
  const started = await otherProcess(
    `
    const { lockFile } = await import('./lib/store/engine/lock.ts')
    const { openDatabase } = await import('./lib/store/engine/open.ts')
    const { settings } = await import('./lib/store/engine/settings.ts')
    const path = given
    ${code}`,
    path,
  )
  others.push(started)
  return started
}

const TAKE = `await lockFile(path).then(() => console.log('won'), (error) => console.log(error.reason + ': ' + error.message))`

test('a second server is refused with a message that names the first', async () => {
  const lock = await lockFile(path)
  const { line } = await other(TAKE)
  const first = `process ${process.pid} on ${hostname()}`
  expect(line).toBe(`locked: another server (${first}) already serves ${path}: stop it first`)
  lock.release()
})

test('the same process, or another name of the file, gets no second lock', async () => {
  const db = await openDatabase({ kind: 'sqlite', path })
  const lock = await lockFile(path)
  const link = join(folder, 'link.db')
  symlinkSync(path, link)
  for (const name of [path, link]) await expect(lockFile(name)).rejects.toMatchObject({ reason: 'locked' })
  expect((await other(TAKE)).line).toMatch(/^locked/)
  lock.release()
  await db.destroy()
})

test('kill -9 frees the lock, and the next server becomes the owner', async () => {
  const first = await other(TAKE)
  expect(first.line).toBe('won')
  await expect(lockFile(path)).rejects.toThrow(`process ${first.child.pid} `)
  await kill9(first)
  const lock = await lockFile(path)
  expect(JSON.parse(readFileSync(`${path}.owner`, 'utf8'))).toEqual({ pid: process.pid, host: hostname() })
  lock.release()
})

test('a released lock is free and has no owner; releasing it again does nothing', async () => {
  const lock = await lockFile(path)
  expect(statSync(`${path}.lock`).mode & 0o777).toBe(0o600)
  lock.release()
  lock.release()
  expect(existsSync(`${path}.owner`)).toBe(false)
  const again = await lockFile(path)
  lock.release()
  await expect(lockFile(path)).rejects.toMatchObject({ reason: 'locked' })
  again.release()
})

test('of four servers that start at once exactly one wins', async () => {
  const lines = (await Promise.all([1, 2, 3, 4].map(() => other(TAKE)))).map(({ line }) => line)
  expect(lines.filter((line) => line === 'won')).toHaveLength(1)
  expect(lines.filter((line) => line.startsWith('locked'))).toHaveLength(3)
}, 60_000)

test('the command line uses the file while a server runs, and the lock stays', async () => {
  const db = await openDatabase({ kind: 'sqlite', path })
  await migrate(db)
  const lock = await lockFile(path)
  const write = `
    const db = await openDatabase({ kind: 'sqlite', path })
    await settings(db).set('k', 'from outside')
    await db.destroy()
    console.log('written')`
  expect((await other(write)).line).toBe('written')
  expect(await settings(db).get('k')).toBe('from outside')
  expect((await other(TAKE)).line).toMatch(/^locked/)
  lock.release()
  await db.destroy()
})

test('the folder of the file is created if it is missing', async () => {
  const lock = await lockFile(join(folder, 'data', 'pushlens.db'))
  expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700)
  lock.release()
})

test('other errors are not reported as "another server"', async () => {
  writeFileSync(`${path}.lock`, 'this is no database, and long enough to be seen as none'.repeat(20))
  await expect(lockFile(path)).rejects.toThrow('not a database')
})
