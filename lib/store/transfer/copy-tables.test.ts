import { sql } from 'kysely'
import { afterEach, describe, expect, test } from 'vitest'
import { type DatabaseUrl, type Db, openDatabase } from '@/lib/store/engine/open'
import { freshDatabase, freshFile } from '@/lib/store/testing/database'
import { everyRow, keptSchemas, loadSchema } from '@/lib/store/testing/schemas'
import { compareTables, copyTables, isEmpty } from './copy-tables'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})
const quiet = () => undefined

const fresh = { sqlite: async () => freshFile(undo), postgres: () => freshDatabase(undo) }

async function opened(url: DatabaseUrl): Promise<Db> {
  const db = await openDatabase(url)
  undo.push(() => db.destroy())
  return db
}

const empty = async (kind: DatabaseUrl['kind']) => opened(await fresh[kind]())

/** Opens a database with a row of each kind in each table, 450 windows, and counters that are ahead of their rows. */
async function filled(kind: DatabaseUrl['kind']): Promise<Db> {
  const url = await fresh[kind]()
  await loadSchema(url, keptSchemas(kind).at(-1) ?? '')
  const db = await opened(url)
  const window = await db.selectFrom('windows').selectAll().executeTakeFirstOrThrow()
  const { id: _, ...row } = window
  const more = Array.from({ length: 450 }, (_, i) => ({ ...row, from_s: row.from_s + (i + 1) * 3_600 }))
  await db.insertInto('windows').values(more).execute()
  await db
    .deleteFrom('windows')
    .where('from_s', '>', row.from_s + 440 * 3_600)
    .execute()
  return db
}

const sortedRows = async (db: Db, kind: DatabaseUrl['kind']) => {
  const tables = [...(await everyRow(db, kind))].filter(
    ([name]) => name !== 'leases' && name !== 'kysely_migration_lock',
  )
  const texts = tables.map(([name, rows]) => [name, rows.map((row) => JSON.stringify(plain(row))).sort()] as const)
  return Object.fromEntries(texts.sort())
}
const plain = (row: Record<string, unknown>) =>
  Object.entries(row)
    .map(([column, value]) => [column, value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value])
    .sort()

describe('a copy', () => {
  test.each([
    ['sqlite', 'postgres'],
    ['postgres', 'sqlite'],
  ] as const)('of %s to %s and back has every row, and its next rows get the same IDs', async (first, second) => {
    const source = await filled(first)
    const there = await empty(second)
    const back = await empty(first)
    const digests = await copyTables(source, there, quiet)
    expect(digests.get('windows')).toMatchObject({ rows: 442, counter: 452 })
    expect(await copyTables(there, back, quiet)).toEqual(digests)
    const before = await sortedRows(source, first)
    expect(Object.keys(before).length).toBeGreaterThan(30)
    expect(await sortedRows(there, second)).toEqual(before)
    expect(await sortedRows(back, first)).toEqual(before)
    const { id: _, ...row } = await source.selectFrom('windows').selectAll().executeTakeFirstOrThrow()
    for (const db of [source, there, back]) {
      const added = db
        .insertInto('windows')
        .values({ ...row, task: 'next' })
        .returning('id')
      expect((await added.executeTakeFirstOrThrow()).id).toBe(453)
    }
    // The audit is append-only in the copy too.
    for (const db of [there, back]) await expect(db.deleteFrom('audit').execute()).rejects.toThrow('append-only')
  })

  test('is refused by a target with tables, and changes nothing there', async () => {
    const source = await filled('sqlite')
    for (const kind of ['sqlite', 'postgres'] as const) {
      const target = await filled(kind)
      const before = await sortedRows(target, kind)
      expect(await isEmpty(target)).toBe(false)
      await expect(copyTables(source, target, quiet)).rejects.toThrow('the target is not empty')
      expect(await sortedRows(target, kind)).toEqual(before)
    }
  })

  test('that fails in the middle leaves the target empty, and the next one succeeds', async () => {
    for (const kind of ['sqlite', 'postgres'] as const) {
      const [source, target] = [await filled(kind === 'sqlite' ? 'postgres' : 'sqlite'), await empty(kind)]
      const failing = (table: string) => {
        if (table === 'windows') throw new Error('cut off')
      }
      await expect(copyTables(source, target, failing)).rejects.toThrow('cut off')
      expect(await isEmpty(target)).toBe(true)
      expect((await copyTables(source, target, quiet)).size).toBeGreaterThan(30)
    }
  })
})

describe('a comparison', () => {
  test('finds a changed row, a missing row, changed bytes and a counter that went on', async () => {
    const source = await filled('sqlite')
    const target = await empty('postgres')
    await copyTables(source, target, quiet)
    const wrong = async () => (await compareTables(source, target, quiet)).wrong.map(({ table }) => table)
    expect(await wrong()).toEqual([])
    await target.updateTable('people').set({ name: 'Ana ' }).where('id', '=', 'p1').execute()
    expect(await wrong()).toEqual(['people'])
    await target
      .updateTable('window_answers')
      .set({ raw: Buffer.from([31, 139, 0, 254]) })
      .execute()
    await target.deleteFrom('share_opens').execute()
    await sql`select nextval('audit_id_seq')`.execute(target)
    expect((await wrong()).sort()).toEqual(['audit', 'people', 'share_opens', 'window_answers'])
  })
})
