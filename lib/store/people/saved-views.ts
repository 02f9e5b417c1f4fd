import 'server-only'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'

/** A view of one person. `createdAt` is epoch seconds. `start`: it opens at `/`. */
export interface SavedView {
  id: string
  personId: string
  appId: string
  name: string
  page: string
  /** The query of the address, without the app. */
  query: string
  createdAt: number
  start: boolean
}

export function savedViews(db: Db) {
  const setStart = (tx: Db, person_id: string, view_id: string) =>
    tx
      .insertInto('start_views')
      .values({ person_id, view_id })
      .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ view_id }))
      .execute()
  const of = (personId: string) =>
    db
      .selectFrom('saved_views')
      .leftJoin('start_views', 'start_views.view_id', 'saved_views.id')
      .selectAll('saved_views')
      .select('start_views.view_id as start')
      .where('saved_views.person_id', '=', personId)

  return {
    /** Returns false and adds nothing if the person has `most` views of this app already. */
    async add({ start, ...view }: SavedView, most: number): Promise<boolean> {
      return db.transaction().execute(async (tx) => {
        const { n } = await tx
          .selectFrom('saved_views')
          .select((eb) => eb.fn.countAll<number | string>().as('n'))
          .where('person_id', '=', view.personId)
          .where('app_id', '=', view.appId)
          .executeTakeFirstOrThrow()
        if (Number(n) >= most) return false
        await tx.insertInto('saved_views').values(rowOf(view)).execute()
        if (start) await setStart(tx, view.personId, view.id)
        return true
      })
    },

    /** Returns the person's views of all apps, oldest first. */
    async list(personId: string): Promise<SavedView[]> {
      const rows = await of(personId).orderBy('saved_views.created_at').orderBy('saved_views.id').execute()
      return rows.map(viewOf)
    },

    /** Returns null for an unknown ID, and for a view of somebody else. */
    async get(personId: string, id: string): Promise<SavedView | null> {
      const row = await of(personId).where('saved_views.id', '=', id).executeTakeFirst()
      return row ? viewOf(row) : null
    },

    /** Returns the person's start page; null without one. */
    async start(personId: string): Promise<SavedView | null> {
      const row = await of(personId).where('start_views.view_id', 'is not', null).executeTakeFirst()
      return row ? viewOf(row) : null
    },

    /** Changes what is given. `start` true replaces the person's earlier start page. */
    async change({ id, personId }: SavedView, { name, start }: { name?: string; start?: boolean }): Promise<void> {
      await db.transaction().execute(async (tx) => {
        if (name !== undefined) await tx.updateTable('saved_views').set({ name }).where('id', '=', id).execute()
        if (start === true) await setStart(tx, personId, id)
        if (start === false) await tx.deleteFrom('start_views').where('view_id', '=', id).execute()
      })
    },

    async remove({ id }: Pick<SavedView, 'id'>): Promise<void> {
      await db.deleteFrom('saved_views').where('id', '=', id).execute()
    },
  }
}

function rowOf({ personId, appId, createdAt, ...rest }: Omit<SavedView, 'start'>): Database['saved_views'] {
  return { ...rest, person_id: personId, app_id: appId, created_at: createdAt }
}

function viewOf({
  person_id,
  app_id,
  created_at,
  start,
  ...rest
}: Database['saved_views'] & { start: string | null }): SavedView {
  return { ...rest, personId: person_id, appId: app_id, createdAt: created_at, start: start !== null }
}
