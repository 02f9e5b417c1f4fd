import { existsSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { freshDatabase, freshFile } from '@/lib/store/testing/database'
import { everyRow, keptSchemas, loadSchema, recordSchemas, schemaFile, shapeOf } from '@/lib/store/testing/schemas'
import { migrations } from './migrations'
import { openDatabase } from './open'
import { openUpgraded } from './open-upgraded'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

/** What migrations change in rows that exist, each with a test of its own. */
const CHANGED: Record<string, string[]> = {
  audit: ['hash'],
  tasks: ['words', 'label_key'],
  tokens: ['app_id', 'apps'],
  settings: [],
}

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  const fresh = async () => (kind === 'sqlite' ? freshFile(undo) : await freshDatabase(undo))

  test('every migration has its schema, and is what it was when that was written', async () => {
    const names = Object.keys(migrations).sort()
    const missing = names.filter((name) => !existsSync(schemaFile(name, kind)))
    expect(missing, 'npm run schemas writes them').toEqual([])
    const recorded = await recordSchemas(await fresh())
    for (const name of names) expect(recorded.get(name), name).toBe(readFileSync(schemaFile(name, kind), 'utf8'))
  })

  test.each(keptSchemas(kind))(
    'a database of %s is migrated: the schema of today, with every row',
    async (version) => {
      const url = await fresh()
      await loadSchema(url, version)
      const before = await openDatabase(url)
      const rows = await everyRow(before, kind)
      await before.destroy()
      const empty = [...rows].filter(([, kept]) => kept.length === 0).map(([table]) => table)
      if (version === keptSchemas(kind).at(-1))
        expect(empty, 'lib/store/testing/schema-seeds.ts fills them').toEqual([])

      const db = await openUpgraded(url, { alone: true })
      undo.push(() => db.destroy())
      const after = await everyRow(db, kind)
      for (const [table, kept] of rows) {
        if (table.startsWith('kysely_')) continue
        const columns = Object.keys(kept[0] ?? {}).filter((column) => !CHANGED[table]?.includes(column))
        const only = (row: Record<string, unknown>) => JSON.stringify(columns.map((column) => row[column]))
        expect(after.get(table)?.map(only), table).toEqual(expect.arrayContaining(kept.map(only)))
      }
      const today = await openUpgraded(await fresh())
      undo.push(() => today.destroy())
      expect(await shapeOf(db, kind)).toEqual(await shapeOf(today, kind))
    },
    40_000,
  )
})
