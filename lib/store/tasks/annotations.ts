import 'server-only'
import type { Source } from '@/lib/contract/sources'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'

/** A note on an app's charts. `at` and `createdAt` are epoch seconds. `source` null: it belongs to both sources. */
export interface Annotation {
  id: string
  appId: string
  source: Source | null
  at: number
  text: string
  /** Who wrote it, as the audit names them. */
  author: string
  createdAt: number
}

export function annotations(db: Db) {
  return {
    async add(note: Annotation): Promise<void> {
      await db.insertInto('annotations').values(rowOf(note)).execute()
    },

    /** Returns null for an unknown ID, and for a note of another app. */
    async get(appId: string, id: string): Promise<Annotation | null> {
      const found = db.selectFrom('annotations').selectAll().where('app_id', '=', appId).where('id', '=', id)
      const row = await found.executeTakeFirst()
      return row ? noteOf(row) : null
    },

    async change({ appId, id }: Pick<Annotation, 'appId' | 'id'>, to: Pick<Annotation, 'source' | 'at' | 'text'>) {
      await db.updateTable('annotations').set(to).where('app_id', '=', appId).where('id', '=', id).execute()
    },

    /** Returns false if there was no such note. */
    async remove(appId: string, id: string): Promise<boolean> {
      const gone = db.deleteFrom('annotations').where('app_id', '=', appId).where('id', '=', id)
      return Number((await gone.executeTakeFirst()).numDeletedRows) > 0
    },

    /** Returns the notes of a half-open span, in order of time. With a source, its own notes and those of both. */
    async within(about: { appId: string; source?: Source | undefined; from: number; to: number }) {
      const { appId, source, from, to } = about
      let found = db.selectFrom('annotations').selectAll().where('app_id', '=', appId)
      if (source !== undefined)
        found = found.where((eb) => eb.or([eb('source', 'is', null), eb('source', '=', source)]))
      const rows = await found.where('at', '>=', from).where('at', '<', to).orderBy('at').orderBy('id').execute()
      return rows.map(noteOf)
    },
  }
}

function rowOf({ appId, createdAt, ...rest }: Annotation): Database['annotations'] {
  return { ...rest, app_id: appId, created_at: createdAt }
}

function noteOf({ app_id, created_at, source, ...rest }: Database['annotations']): Annotation {
  // The column is written from this type only.
  return { ...rest, source: source as Source | null, appId: app_id, createdAt: created_at }
}
