import 'server-only'
import type { LossStage } from '@/lib/contract/records'
import type { Source } from '@/lib/contract/sources'
import type { Db } from '@/lib/store/engine/open'

export interface ReasonKey {
  appId: string
  source: Source
  stage: LossStage
  code: string
}

/** A loss reason that was marked as known: not reported as new before `until` (epoch seconds), unless it grows. */
export interface KnownReason extends ReasonKey {
  until: number
  note: string
  /** The losses over `baseDays` stored days when it was marked; null if they were unknown. */
  baseCount: number | null
  baseDays: number
}

export function knownReasons(db: Db) {
  return {
    /** Saves a mark and replaces an earlier one of the same reason. */
    async put({ appId, source, stage, code, until, note, baseCount, baseDays }: KnownReason): Promise<void> {
      const values = { until_s: until, note, base_count: baseCount, base_days: baseDays }
      await db
        .insertInto('known_reasons')
        .values({ app_id: appId, source, stage, code, ...values })
        .onConflict((conflict) => conflict.columns(['app_id', 'source', 'stage', 'code']).doUpdateSet(values))
        .execute()
    },

    /** Returns false if the reason was not marked. */
    async remove({ appId, source, stage, code }: ReasonKey): Promise<boolean> {
      const gone = await db
        .deleteFrom('known_reasons')
        .where('app_id', '=', appId)
        .where('source', '=', source)
        .where('stage', '=', stage)
        .where('code', '=', code)
        .executeTakeFirst()
      return Number(gone.numDeletedRows) > 0
    },

    /** Returns the marks that are still valid at `nowS`. */
    async list({ appId, source, nowS }: { appId: string; source: Source; nowS: number }): Promise<KnownReason[]> {
      const rows = await db
        .selectFrom('known_reasons')
        .selectAll()
        .where('app_id', '=', appId)
        .where('source', '=', source)
        .where('until_s', '>', nowS)
        .orderBy('code')
        .execute()
      return rows.map((row) => ({
        appId,
        source,
        code: row.code,
        note: row.note,
        // This column is written by `put` only.
        stage: row.stage as LossStage,
        until: row.until_s,
        baseCount: row.base_count,
        baseDays: row.base_days,
      }))
    },
  }
}
