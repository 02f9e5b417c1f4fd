import { createHmac } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { expect, test } from 'vitest'
import { type ChainSigner, HEAD, headText, PLAIN, START } from '@/lib/store/engine/audit-chain'
import { columnTypes } from '@/lib/store/engine/migrations/columns'
import type { Db } from '@/lib/store/engine/open'
import { describeStores } from '@/lib/store/testing/database'
import { T0 } from '@/lib/store/testing/rows'
import { dose, figure } from '@/lib/testing/dose'
import { type AuditRecord, audit } from './audit'

const signer: ChainSigner = {
  name: 'k1',
  sign: (text) => createHmac('sha256', 'a key of this test').update(text).digest('base64url'),
}
const note = (over: Partial<AuditRecord> = {}): AuditRecord => ({
  at: T0,
  actor: 'person:1',
  action: 'sign_in',
  appId: null,
  subjectHash: null,
  detail: {},
  ...over,
})

/** Opens the audit as a server does after its key is open. */
async function signedLog(db: Db) {
  await db
    .updateTable('settings')
    .set({ value: headText(signer, START) })
    .where('key', '=', HEAD)
    .execute()
  const log = audit(db)
  log.signWith(signer)
  return log
}

/** Runs SQL as somebody who owns the database: without the triggers. */
async function asOwner(db: Db, ...statements: string[]): Promise<void> {
  const work = async (): Promise<void> => {
    for (const statement of statements) await sql.raw(statement).execute(db)
  }
  const { rows } = await sql<{
    sql: string
  }>`select sql from sqlite_master where type = 'trigger' and tbl_name = 'audit'`
    .execute(db)
    .catch(() => ({ rows: [] }))
  if (rows.length === 0) {
    const types = columnTypes(db as unknown as Kysely<unknown>)
    return types.whileChangeable(db as unknown as Kysely<unknown>, 'audit', work)
  }
  for (const name of ['no_update', 'no_delete', 'no_replace']) await sql.raw(`drop trigger audit_${name}`).execute(db)
  await work()
  for (const row of rows) await sql.raw(row.sql).execute(db)
}

/** A small deterministic generator, so that a failure can be repeated. */
function random(seed: number): (most: number) => number {
  let state = seed
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * most)
  }
}

const ENTRIES = 40
const TEXTS = ['actor', 'action', 'app_id', 'subject_hash', 'detail', 'address', 'hash'] as const

/** Returns one random way to falsify the audit, as SQL. */
function tampering(pick: (most: number) => number): string[] {
  const id = 1 + pick(ENTRIES)
  const other = 1 + ((id + pick(ENTRIES - 1)) % ENTRIES)
  const column = TEXTS[pick(TEXTS.length)] ?? 'actor'
  const copy = `at, actor, action, app_id, subject_hash, detail, address, hash`
  const ways = [
    [`update audit set ${column} = coalesce(${column}, '') || 'x' where id = ${id}`],
    [`update audit set at = at + ${1 + pick(9_999)} where id = ${id}`],
    [`delete from audit where id = ${id}`],
    [`delete from audit where id > ${pick(ENTRIES)}`],
    [`delete from audit where id <= ${id}`],
    [`insert into audit (id, ${copy}) select ${ENTRIES + 1 + pick(9)}, ${copy} from audit where id = ${id}`],
    [
      `update audit set id = -1 where id = ${id}`,
      `update audit set id = ${id} where id = ${other}`,
      `update audit set id = ${other} where id = -1`,
    ],
    [`update audit set id = ${ENTRIES + 1 + pick(99)} where id = ${id}`],
    [`update audit set hash = (select hash from audit where id = ${other}) where id = ${id}`],
    [`delete from settings where key = '${HEAD}'`],
    [
      `delete from audit where id > ${id - 1}`,
      `update settings set value = '${headText(PLAIN, { id: id - 1, hash: 'k1.x' })}' where key = '${HEAD}'`,
    ],
  ]
  return ways[pick(ways.length)] ?? []
}

describeStores('the chain of the audit', ({ kind, open, again }) => {
  test('is whole after every kind of entry, and counts them', async () => {
    const log = await signedLog(await open())
    expect(await log.check()).toEqual({ entries: 0, broken: null })
    const full = { appId: '14', subjectHash: 'h', address: '203.0.113.0/24', detail: { role: 'admin', n: 2, no: null } }
    for (const entry of [note(), note(full), note({ actor: 'token:ü' })]) await log.append(entry)
    expect(await log.check()).toEqual({ entries: 3, broken: null })
  })

  test('is whole after 200 entries of two processes at the same time', async () => {
    const one = await signedLog(await open())
    const two = audit(await again())
    two.signWith(signer)
    await Promise.all(Array.from({ length: 200 }, (_, i) => (i % 2 ? one : two).append(note({ at: T0 + i }))))
    expect(await one.check()).toEqual({ entries: 200, broken: null })
    const { items } = await two.list({ limit: 300 })
    expect(items.map(({ id }) => id)).toEqual(Array.from({ length: 200 }, (_, i) => 200 - i))
  })

  test('is not reported as broken while others add entries', async () => {
    const log = await signedLog(await open())
    const other = audit(await again())
    other.signWith(signer)
    const writing = (async () => {
      for (let i = 0; i < 60; i += 1) await other.append(note({ at: T0 + i }))
    })()
    for (let i = 0; i < 20; i += 1) expect((await log.check()).broken).toBeNull()
    await writing
    expect(await log.check()).toEqual({ entries: 60, broken: null })
  })

  /** On each of the two databases. */
  const DOSE = dose(500, 1_000)
  test(`shows each of ${DOSE} random tamperings`, async () => {
    const db = await open()
    const log = await signedLog(db)
    for (let i = 0; i < ENTRIES; i += 1) {
      await log.append(note({ at: T0 + i, appId: String(i % 3), subjectHash: `s${i % 7}`, detail: { i } }))
    }
    const saved = await db.selectFrom('audit').selectAll().execute()
    const { value } = await db.selectFrom('settings').select('value').where('key', '=', HEAD).executeTakeFirstOrThrow()
    const pick = random(kind === 'sqlite' ? 1 : 2)
    const missed: string[][] = []
    for (let i = 0; i < DOSE; i += 1) {
      const statements = tampering(pick)
      await asOwner(db, ...statements)
      const rows = await db.selectFrom('audit').selectAll().orderBy('id').execute()
      if ((await log.check()).broken === null && !same(rows, saved)) missed.push(statements)
      if (same(rows, saved) && !statements.join().includes('settings')) missed.push(['changed nothing', ...statements])
      await asOwner(db, 'delete from audit', `delete from settings where key = '${HEAD}'`)
      await db.insertInto('audit').values(saved).execute()
      await db.insertInto('settings').values({ key: HEAD, value }).execute()
    }
    expect(missed).toEqual([])
    expect(await log.check()).toEqual({ entries: ENTRIES, broken: null })
    figure('audit', `${DOSE} random tamperings of the audit on ${kind}: all found`)
  }, 120_000)

  test('stays broken after more entries', async () => {
    const db = await open()
    const log = await signedLog(db)
    for (let i = 0; i < 5; i += 1) await log.append(note({ at: T0 + i }))
    await asOwner(db, 'delete from audit where id > 3')
    await log.append(note({ at: T0 + 9 }))
    expect((await log.check()).broken).toEqual({ id: 6, at: T0 + 9 })
    const plain = headText(PLAIN, { id: 3, hash: 'k1.x' })
    await asOwner(db, 'delete from audit where id > 3', `update settings set value = '${plain}' where key = '${HEAD}'`)
    await log.append(note({ at: T0 + 10 }))
    expect((await log.check()).broken).toEqual({ id: 4, at: T0 + 10 })
  })

  test('cannot be written anew without the key', async () => {
    const db = await open()
    const log = await signedLog(db)
    await log.append(note())
    const stranger = audit(db)
    await expect(stranger.append(note())).rejects.toThrow('signed')
    await asOwner(
      db,
      'delete from audit',
      `update settings set value = '${headText(PLAIN, START)}' where key = '${HEAD}'`,
    )
    await stranger.append(note({ actor: 'person:2' }))
    expect((await stranger.check()).broken).toBeNull()
    expect((await log.check()).broken).toEqual({ id: null, at: null })
  })
})

function same(rows: unknown[], saved: unknown[]): boolean {
  return JSON.stringify(rows) === JSON.stringify(saved)
}
