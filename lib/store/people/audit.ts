import 'server-only'
import type { Selectable } from 'kysely'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'

/**
 * `at` is epoch seconds. `actor` and `action` are identifiers, not display text. `detail` must hold no personal data.
 */
export interface AuditRecord {
  at: number
  actor: string
  action: string
  appId: string | null
  /** A keyed hash of the person or thing concerned. */
  subjectHash: string | null
  detail: Record<string, string | number | boolean | null>
}

export interface AuditEntry extends AuditRecord {
  id: number
}

export type AuditLog = ReturnType<typeof audit>

/** Who did what. Entries can be added and read; triggers refuse every update and delete. */
export function audit(db: Db) {
  async function append(record: AuditRecord): Promise<void> {
    await db
      .insertInto('audit')
      .values({
        at: record.at,
        actor: record.actor,
        action: record.action,
        app_id: record.appId,
        subject_hash: record.subjectHash,
        detail: JSON.stringify(record.detail),
      })
      .execute()
  }

  return {
    append,

    /** Appends, unless the same actor did the same to the same subject within the last `seconds`: a page that polls. */
    async appendOnce(record: AuditRecord, seconds: number): Promise<void> {
      const same = await db
        .selectFrom('audit')
        .select('id')
        .where('subject_hash', '=', record.subjectHash)
        .where('at', '>', record.at - seconds)
        .where('actor', '=', record.actor)
        .where('action', '=', record.action)
        .where('app_id', '=', record.appId)
        .limit(1)
        .executeTakeFirst()
      if (!same) await append(record)
    },

    /**
     * Returns a page, newest first. `before` is the `next` of the previous page. `next` is null at the end of the list.
     */
    async list(page: { limit: number; before?: number }): Promise<{ items: AuditEntry[]; next: number | null }> {
      let found = db.selectFrom('audit').selectAll().orderBy('id', 'desc')
      if (page.before !== undefined) found = found.where('id', '<', page.before)
      const rows = await found.limit(page.limit + 1).execute()
      const items = rows.slice(0, page.limit).map(entryOf)
      return { items, next: rows.length > page.limit ? (items.at(-1)?.id ?? null) : null }
    },

    /** Returns the entries of one subject, newest first. */
    async ofSubject(subjectHash: string, limit: number): Promise<AuditEntry[]> {
      const found = db.selectFrom('audit').selectAll().where('subject_hash', '=', subjectHash)
      return (await found.orderBy('id', 'desc').limit(limit).execute()).map(entryOf)
    },
  }
}

function entryOf(row: Selectable<Database['audit']>): AuditEntry {
  return {
    id: row.id,
    at: row.at,
    actor: row.actor,
    action: row.action,
    appId: row.app_id,
    subjectHash: row.subject_hash,
    // This column is written by `append` only.
    detail: JSON.parse(row.detail) as AuditRecord['detail'],
  }
}
