import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { createStore } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { answer, DAY, HOUR, newApp, sent, T0 } from '@/lib/store/testing/rows'
import { realClock } from '@/lib/testing/clock'
import { type Db, diskOf } from './open'

/** Limits SQLite to its current pages, as on a full disk. */
async function fill(db: Db): Promise<void> {
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db)
  await sql`pragma max_page_count = ${sql.raw(String(rows[0]?.page_count))}`.execute(db)
}

const large = (n: number) =>
  answer({ from: T0 + n * HOUR, to: T0 + (n + 1) * HOUR, raw: 'word '.repeat(n * 999), kept: true })
const SPAN = {
  appId: newApp().id,
  source: 'task',
  metric: 'statistics',
  task: '',
  from: T0,
  to: T0 + 90 * DAY,
} as const

describeStores('a disk', ({ kind, open }) => {
  if (kind === 'sqlite') {
    test('that is full refuses new writes as a whole, still reads, and accepts writes again when there is space', async () => {
      const db = await open()
      const store = createStore(db, realClock)
      await store.apps.upsert(newApp())
      await store.windows.saveAll([large(1)])
      const held = await store.windows.within(SPAN)
      expect(store.isFull()).toBe(false)
      await fill(db)
      const many = Array.from({ length: 60 }, (_, n) => answer({ ...large(n + 2), counts: sent(n) }))
      await expect(store.windows.saveAll(many)).rejects.toMatchObject({ name: 'PushlensError', code: 'storage_full' })
      expect(store.isFull()).toBe(true)
      expect(await store.windows.within(SPAN)).toEqual(held)
      expect(await store.readiness()).toBe('ready')
      await sql`pragma max_page_count = 1000000`.execute(db)
      await store.windows.saveAll(many)
      expect(await store.windows.within(SPAN)).toHaveLength(61)
    })
  }

  test('is full when the database says so, and no longer when nothing was refused for a while', async () => {
    const db = await open()
    const refuse =
      kind === 'sqlite' ? fill(db).then(() => createRows(db)) : sql`do $$ begin raise disk_full; end $$`.execute(db)
    await expect(refuse).rejects.toMatchObject({ code: 'storage_full' })
    expect(diskOf(db).isFull()).toBe(true)
    const later = performance.now() + 31_000
    vi.spyOn(performance, 'now').mockReturnValue(later)
    expect(diskOf(db).isFull()).toBe(false)
    vi.restoreAllMocks()
  })

  test('is not full after errors of another kind', async () => {
    const db = await open()
    await expect(sql`insert into nowhere values (1)`.execute(db)).rejects.not.toMatchObject({ code: 'storage_full' })
    expect(diskOf(db).isFull()).toBe(false)
  })
})

async function createRows(db: Db): Promise<void> {
  const settings = createStore(db, realClock).settings
  for (let n = 0; n < 100; n++) await settings.set(`key ${n}`, 'x'.repeat(9_000))
}
