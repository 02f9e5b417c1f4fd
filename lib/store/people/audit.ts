import 'server-only'
import {
  type ChainSigner,
  HEAD,
  hashOf,
  headText,
  PLAIN,
  readHead,
  START,
  UNSIGNED,
} from '@/lib/store/engine/audit-chain'
import type { Db } from '@/lib/store/engine/open'
import { type ChainCheck, checkChain } from './audit-check'
import { type AuditRecord, auditEntries } from './audit-entries'
import { failedSignIns } from './failed-sign-ins'

export type { AuditEntry, AuditRecord } from './audit-entries'
export type AuditLog = ReturnType<typeof audit>

/**
 * Who did what. Entries can be added and read; triggers refuse every update and delete. Each entry's hash covers the entry
 * before, so that a change behind our back is found.
 */
export function audit(db: Db) {
  let signer: ChainSigner = PLAIN
  let last: Promise<void> = Promise.resolve()

  /** One after the other in this process, so that entries which wait for each other hold one connection, not all. */
  function append(record: AuditRecord): Promise<void> {
    last = last.catch(() => undefined).then(() => add(record))
    return last
  }

  async function add(record: AuditRecord): Promise<void> {
    await db.transaction().execute(async (trx) => {
      // Writing the head makes every other writer wait, in any process: two entries never follow the same one.
      const locked = await trx
        .updateTable('settings')
        .set((row) => ({ value: row.ref('value') }))
        .where('key', '=', HEAD)
        .returning('value')
        .executeTakeFirst()
      if (signer === PLAIN && locked && !locked.value.startsWith(PLAIN.name)) {
        throw new Error('the audit is signed: open the master key before adding to it')
      }
      const head = readHead(signer, locked?.value ?? null)
      const newest = await trx
        .selectFrom('audit')
        .select((row) => row.fn.max('id').as('id'))
        .executeTakeFirst()
      const id = Math.max(head?.id ?? START.id, newest?.id ?? START.id) + 1
      const row = rowOf(id, record)
      const hash = hashOf(signer, row, head?.hash ?? UNSIGNED)
      await trx
        .insertInto('audit')
        .values({ ...row, hash })
        .execute()
      const value = headText(signer, { id, hash })
      await trx
        .insertInto('settings')
        .values({ key: HEAD, value })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
        .execute()
    })
  }

  return {
    append,
    ...auditEntries(db),
    failedSignIns: failedSignIns(db),

    /** Signs every entry from now on. The head must have been signed by this signer, or every entry shows a break. */
    signWith(given: ChainSigner): void {
      signer = given
    },

    /** Reads every entry and returns whether the chain is whole, and where it is not. */
    check(): Promise<ChainCheck> {
      return checkChain(db, signer)
    },

    /** Appends, unless the same actor did the same to the same subject within the last `seconds`: a page that polls. */
    async appendOnce(record: AuditRecord, seconds: number): Promise<void> {
      const same = await db
        .selectFrom('audit')
        .select('id')
        .where('subject_hash', record.subjectHash === null ? 'is' : '=', record.subjectHash)
        .where('at', '>', record.at - seconds)
        .where('actor', '=', record.actor)
        .where('action', '=', record.action)
        .where('app_id', record.appId === null ? 'is' : '=', record.appId)
        .limit(1)
        .executeTakeFirst()
      if (!same) await append(record)
    },
  }
}

function rowOf(id: number, { at, actor, action, appId, subjectHash, detail, address = null }: AuditRecord) {
  return {
    id,
    at,
    actor,
    action,
    app_id: appId,
    subject_hash: subjectHash,
    detail: JSON.stringify(detail),
    address,
  }
}
