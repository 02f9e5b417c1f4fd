import 'server-only'
import { type Kysely, sql } from 'kysely'
import { type ChainedRow, type ChainHead, HEAD, hashOf, headText, PLAIN, START } from '@/lib/store/engine/audit-chain'
import { columnTypes } from './columns'

const BATCH = 500

/**
 * Chains the audit: each entry gets a hash of its content and of the previous hash. Adds the network of an entry, and the
 * hourly counts of failed sign-ins, which can be deleted when they are old.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('audit').addColumn('address', 'text').execute()
  await db.schema
    .alterTable('audit')
    .addColumn('hash', 'text', (c) => c.notNull().defaultTo(''))
    .execute()
  await columnTypes(db).whileChangeable(db, 'audit', () => chainAll(db))
  await db.schema.createIndex('audit_by_actor').on('audit').columns(['actor', 'id']).execute()
  await db.schema.createIndex('audit_by_action').on('audit').columns(['action', 'id']).execute()
  await db.schema
    .createTable('failed_sign_ins')
    .addColumn('hour', 'bigint', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('count', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('failed_sign_ins_pk', ['hour', 'person_id', 'address'])
    .execute()
}

async function chainAll(db: Kysely<unknown>): Promise<void> {
  let head: ChainHead = START
  for (;;) {
    const { rows } = await sql<ChainedRow>`select id, at, actor, action, app_id, subject_hash, detail, address
      from audit where id > ${head.id} order by id limit ${BATCH}`.execute(db)
    for (const row of rows) {
      head = { id: row.id, hash: hashOf(PLAIN, row, head.hash) }
      await sql`update audit set hash = ${head.hash} where id = ${head.id}`.execute(db)
    }
    if (rows.length < BATCH) break
  }
  await sql`insert into settings (key, value) values (${HEAD}, ${headText(PLAIN, head)})`.execute(db)
}
