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
  /** The network that the request came from, such as 203.0.113.0/24. Absent and null: it came from none. */
  address?: string | null
}

export interface AuditEntry extends AuditRecord {
  id: number
  address: string | null
}

/** Which entries to list. `from` is included, `to` is not. Absent fields filter nothing. */
export interface AuditFilter {
  actor?: string | undefined
  action?: string | undefined
  appId?: string | undefined
  from?: number | undefined
  to?: number | undefined
}

/** Reads the entries of the audit. */
export function auditEntries(db: Db) {
  return {
    /**
     * Returns a page, newest first. `before` is the `next` of the previous page. `next` is null at the end of the list.
     */
    async list({
      limit,
      before,
      actor,
      action,
      appId,
      from,
      to,
    }: AuditFilter & { limit: number; before?: number | undefined }): Promise<{
      items: AuditEntry[]
      next: number | null
    }> {
      let found = db.selectFrom('audit').selectAll().orderBy('id', 'desc')
      if (before !== undefined) found = found.where('id', '<', before)
      if (actor !== undefined) found = found.where('actor', '=', actor)
      if (action !== undefined) found = found.where('action', '=', action)
      if (appId !== undefined) found = found.where('app_id', '=', appId)
      if (from !== undefined) found = found.where('at', '>=', from)
      if (to !== undefined) found = found.where('at', '<', to)
      const rows = await found.limit(limit + 1).execute()
      const items = rows.slice(0, limit).map(entryOf)
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
    },

    /** Returns every actor and action that has an entry, sorted: what a filter can offer. */
    async names(): Promise<{ actors: string[]; actions: string[] }> {
      const actors = await db.selectFrom('audit').select('actor').distinct().orderBy('actor').execute()
      const actions = await db.selectFrom('audit').select('action').distinct().orderBy('action').execute()
      return { actors: actors.map((row) => row.actor), actions: actions.map((row) => row.action) }
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
    address: row.address,
  }
}
