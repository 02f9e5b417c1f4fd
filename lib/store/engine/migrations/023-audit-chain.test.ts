import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { HEAD } from '@/lib/store/engine/audit-chain'
import { migrate } from '@/lib/store/engine/migrate'
import { openDatabase } from '@/lib/store/engine/open'
import { audit } from '@/lib/store/people/audit'
import { describeStores, freshDatabase, freshFile } from '@/lib/store/testing/database'
import { migrations } from '.'

const before = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '020'))

describeStores('the migration of the audit', ({ kind }) => {
  test('chains entries from before it, unchanged, and refuses changes again', async () => {
    const undo: (() => unknown)[] = []
    const db = await openDatabase(await (kind === 'sqlite' ? freshFile(undo) : freshDatabase(undo)))
    try {
      await migrate(db, before)
      for (let i = 1; i <= 1_200; i += 1) {
        await sql`insert into audit (at, actor, action, app_id, subject_hash, detail)
          values (${i}, 'command line', 'person.reset', null, ${`h${i}`}, '{"n":1}')`.execute(db)
      }
      await migrate(db)
      const log = audit(db)
      expect(await log.check()).toEqual({ entries: 1_200, broken: null })
      const [newest] = (await log.list({ limit: 1 })).items
      expect(newest).toMatchObject({ id: 1_200, at: 1_200, subjectHash: 'h1200', detail: { n: 1 }, address: null })
      await log.append({ at: 2_000, actor: 'person:1', action: 'sign_in', appId: null, subjectHash: null, detail: {} })
      expect(await log.check()).toEqual({ entries: 1_201, broken: null })
      await expect(sql`update audit set at = 1`.execute(db)).rejects.toThrow('append-only')
      await expect(sql`delete from audit`.execute(db)).rejects.toThrow('append-only')
    } finally {
      await db.destroy()
      for (const step of undo.reverse()) await step()
    }
  })

  test('leaves a head in an empty database', async () => {
    const undo: (() => unknown)[] = []
    const db = await openDatabase(await (kind === 'sqlite' ? freshFile(undo) : freshDatabase(undo)))
    try {
      await migrate(db)
      expect(await db.selectFrom('settings').select('key').execute()).toEqual([{ key: HEAD }])
      expect(await audit(db).check()).toEqual({ entries: 0, broken: null })
    } finally {
      await db.destroy()
      for (const step of undo.reverse()) await step()
    }
  })
})
