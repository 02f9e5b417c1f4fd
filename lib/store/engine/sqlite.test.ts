import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createStore, type Store } from '@/lib/store/store'
import { kill9, type OtherProcess, otherProcess } from '@/lib/store/testing/process'
import { answer, HOUR, newApp, T0 } from '@/lib/store/testing/rows'
import { realClock } from '@/lib/testing/clock'
import { migrate } from './migrate'
import { type Db, openDatabase } from './open'
import { settings } from './settings'

let folder: string
let db: Db
let store: Store
const others: OtherProcess[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pl-sqlite-'))
  db = await openDatabase({ kind: 'sqlite', path: join(folder, 'test.db') })
  await migrate(db)
  store = createStore(db, realClock)
  await store.apps.upsert(newApp())
})

afterEach(async () => {
  await Promise.all(others.splice(0).map(kill9))
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

async function step(on: Db) {
  await on.transaction().execute(async (trx) => {
    const row = await trx.selectFrom('settings').select('value').where('key', '=', 'n').executeTakeFirstOrThrow()
    await trx
      .updateTable('settings')
      .set({ value: String(Number(row.value) + 1) })
      .where('key', '=', 'n')
      .execute()
  })
}
const STEP = step.toString()

async function other(code: string): Promise<OtherProcess> {
  const started = await otherProcess(
    `
    const { openDatabase } = await import('./lib/store/engine/open.ts')
    const { createStore } = await import('./lib/store/store.ts')
    const { answer, T0, HOUR } = await import('./lib/store/testing/rows.ts')
    const db = await openDatabase({ kind: 'sqlite', path: given })
    const store = createStore(db, { wallMs: Date.now })
    ${code}`,
    join(folder, 'test.db'),
  )
  others.push(started)
  return started
}

test('processes that read and then write wait for each other: no step is lost or refused', async () => {
  await settings(db).set('n', '0')
  let mine = 0
  let running = true
  const ended = other(`${STEP}
    for (let i = 0; i < 200; i++) await step(db)
    console.log('done')`).finally(() => {
    running = false
  })
  while (running) {
    await step(db)
    mine += 1
    await new Promise(setImmediate)
  }
  expect((await ended).line).toBe('done')
  expect(await settings(db).get('n')).toBe(String(200 + mine))
}, 60_000)

test('a process that waits for the lock continues other work, and writes when the lock is free', async () => {
  const holder = await other(`
    const trx = await db.startTransaction().execute()
    console.log('locked')
    setTimeout(async () => {
      await trx.insertInto('settings').values({ key: 'first', value: '1' }).execute()
      await trx.commit().execute()
    }, 300)`)
  expect(holder.line).toBe('locked')
  let written = false
  let turns = 0
  const write = settings(db)
    .set('second', '2')
    .then(() => {
      written = true
    })
  while (!written) {
    turns += 1
    await new Promise(setImmediate)
  }
  await write
  expect(turns).toBeGreaterThan(20)
  expect([await settings(db).get('first'), await settings(db).get('second')]).toEqual(['1', '2'])
}, 30_000)

test('a process killed while it writes keeps earlier writes, and no call in part', async () => {
  const writer = await other(`
    console.log('begun')
    for (let i = 0; ; i++) {
      const pair = ['a', 'b'].map((task) => answer({ task, from: T0 + i * HOUR, to: T0 + (i + 1) * HOUR, raw: String(i) }))
      await store.windows.saveAll(pair)
      if (i % 50 === 0) await new Promise(setImmediate)
    }`)
  const all = (task: string) =>
    store.windows.within({ ...answer(), source: 'task', task, from: T0, to: T0 + 1_000_000 * HOUR })
  const deadline = Date.now() + 15_000
  while ((await all('b')).length < 200 && Date.now() < deadline) await new Promise(setImmediate)
  const before = (await all('b')).length
  await kill9(writer)
  const [a, b] = [await all('a'), await all('b')]
  expect(before).toBeGreaterThanOrEqual(200)
  expect(b.length).toBeGreaterThanOrEqual(before)
  expect(a.map(({ from }) => from)).toEqual(b.map(({ from }) => from))
  for (const window of b.slice(-20)) expect(await store.windows.raw(window.id)).toBe(String((window.from - T0) / HOUR))
}, 60_000)

test('a statement that returns rows waits for another connection to end its transaction', async () => {
  const second = await openDatabase({ kind: 'sqlite', path: join(folder, 'test.db') })
  try {
    await settings(db).set('n', '1')
    let change: Promise<unknown> = Promise.resolve()
    await db.transaction().execute(async (trx) => {
      await trx.updateTable('settings').set({ value: '2' }).where('key', '=', 'n').execute()
      change = second
        .updateTable('settings')
        .set({ value: '3' })
        .where('key', '=', 'n')
        .returning('value')
        .executeTakeFirstOrThrow()
      change.catch(() => undefined)
      await new Promise(setImmediate)
    })
    expect(await change).toEqual({ value: '3' })
  } finally {
    await second.destroy()
  }
})
