import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createStore } from '@/lib/store/store'
import { describeStores, freshFile } from '@/lib/store/testing/database'
import { answer, newApp, T0 } from '@/lib/store/testing/rows'
import { realClock } from '@/lib/testing/clock'
import { migrate } from './migrate'
import { type Db, openDatabase } from './open'
import { writesOf } from './unsynced'

const FULL = 2
const NORMAL = 1

async function synchronous(db: Db): Promise<number | undefined> {
  const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(db)
  return rows[0]?.synchronous
}

async function onFile(check: (db: Db) => Promise<void>) {
  const undo: (() => unknown)[] = []
  const db = await openDatabase(freshFile(undo))
  try {
    await migrate(db)
    await check(db)
  } finally {
    await db.destroy()
    for (const step of undo.reverse()) await step()
  }
}

test('only the writes of the demo app do not wait for the disk', async () => {
  await onFile(async (db) => {
    const write = writesOf(db, 'demo')
    expect(await write('demo', synchronous)).toBe(NORMAL)
    expect(await synchronous(db)).toBe(FULL)
    expect(await write('real', synchronous)).toBe(FULL)
    expect(await writesOf(db, null)('demo', synchronous)).toBe(FULL)
  })
})

test('after a failed write of the demo, commits wait for the disk again', async () => {
  await onFile(async (db) => {
    const failing = writesOf(db, 'demo')('demo', () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    expect(await synchronous(db)).toBe(FULL)
  })
})

test('a write of another app at the same time waits for the disk', async () => {
  await onFile(async (db) => {
    const write = writesOf(db, 'demo')
    const found = await Promise.all(Array.from({ length: 20 }, (_, i) => write(i % 2 ? 'demo' : 'real', synchronous)))
    expect(found).toEqual(found.map((_, i) => (i % 2 ? NORMAL : FULL)))
  })
})

describeStores('a demo', ({ open }) => {
  test('stores windows like any other app', async () => {
    const store = createStore(await open(), realClock, 'demo')
    await store.apps.upsert({ ...newApp(), id: 'demo' })
    await store.windows.saveAll([{ ...answer(), appId: 'demo' }])
    const { source, metric, task, from, to } = answer()
    const found = await store.windows.find({ appId: 'demo', source, metric, tasks: [task], from, to })
    expect(found).toHaveLength(1)
    expect(found[0]?.from).toBeGreaterThanOrEqual(T0)
  })
})
