import 'server-only'
import { type Selectable, sql } from 'kysely'
import { DAY } from '@/lib/contract/limits'
import type { OPEN_OUTCOMES } from '@/lib/contract/shares/share'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'

export interface Opening {
  shareId: string
  /** Epoch seconds. */
  at: number
  /** Such as 203.0.113.0/24; null where it is not known. */
  network: string | null
  /** A family of browsers. */
  client: string
  outcome: (typeof OPEN_OUTCOMES)[number]
}
export type OpenRow = Selectable<Database['share_opens']>

/** How many networks opened a link in a week: 0 is the last 7 days before the question, 1 the 7 days before those. */
export interface WeekOfNetworks {
  share_id: string
  week: number
  networks: number
}

/** The log of openings of links. */
export function shareOpens(db: Db) {
  return {
    /**
     * Adds an opening to the log, and counts it where the link was `opened`. Returns false and adds nothing if the same
     * network and client had the same outcome within the last `quietS` seconds: a page that reads several answers.
     */
    async noteOpening({ shareId, at, network, client, outcome }: Opening, quietS = 0): Promise<boolean> {
      return db.transaction().execute(async (trx) => {
        const same = await trx
          .selectFrom('share_opens')
          .select('id')
          .where('share_id', '=', shareId)
          .where('at', '>', at - quietS)
          .where('network', network === null ? 'is' : '=', network)
          .where('client', '=', client)
          .where('outcome', '=', outcome)
          .limit(1)
          .executeTakeFirst()
        if (same && quietS > 0) return false
        await trx.insertInto('share_opens').values({ share_id: shareId, at, network, client, outcome }).execute()
        if (outcome === 'opened')
          await trx
            .updateTable('shares')
            .set((row) => ({ opens: row('opens', '+', 1), last_opened_at: at }))
            .where('id', '=', shareId)
            .execute()
        return true
      })
    },

    /** Returns a page, newest first. `before` is the `next` of the previous page; null at the end of the list. */
    async openings(shareId: string, { limit, before }: { limit: number; before?: number | undefined }) {
      let found = db.selectFrom('share_opens').selectAll().where('share_id', '=', shareId)
      if (before !== undefined) found = found.where('id', '<', before)
      const rows = await found
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute()
      const items: OpenRow[] = rows.slice(0, limit)
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
    },

    /** Returns the numbers of known networks that opened the links, per week before `now`. Leaves out empty weeks. */
    async networksPerWeek(shareIds: readonly string[], now: number): Promise<WeekOfNetworks[]> {
      if (shareIds.length === 0) return []
      const week = sql<number>`(${now} - at) / ${sql.lit(7 * DAY)}`
      const counted = await db
        .selectFrom('share_opens')
        .select(['share_id', week.as('week'), (row) => row.fn.count<number>('network').distinct().as('networks')])
        .where('share_id', 'in', shareIds)
        .where('outcome', '=', 'opened')
        .where('at', '<=', now)
        .groupBy(['share_id', 'week'])
        .execute()
      return counted.map((row) => ({ ...row, week: Number(row.week), networks: Number(row.networks) }))
    },

    /** Deletes openings from before that second and returns their number. */
    async pruneOpenings(before: number): Promise<number> {
      const { numDeletedRows } = await db.deleteFrom('share_opens').where('at', '<', before).executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },

    /** Returns what `pruneOpenings` would delete, and the oldest of it. */
    prunableOpenings: (before: number) =>
      db
        .selectFrom('share_opens')
        .where('at', '<', before)
        .select((row) => [row.fn.countAll<number>().as('rows'), row.fn.min('at').as('oldest')])
        .executeTakeFirstOrThrow(),
  }
}
