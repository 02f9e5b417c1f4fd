import 'server-only'
import { sql } from 'kysely'
import { isPostgres } from '@/lib/store/engine/dialect'
import type { Db } from '@/lib/store/engine/open'
import { type Task, taskOfRow } from '@/lib/store/tasks/task-rows'
import { writeTasks } from '@/lib/store/tasks/task-save'
import { eraseFromShares } from './erase-frozen'
import { traces } from './traces'

interface Person {
  appId: string
  /** The keyed hash of the person in stored look-ups. */
  personHash: string
  userId: string
  /** Now, in epoch seconds: links say when a person was erased from what they keep. */
  at: number
}

export interface Erased {
  /** Deleted look-ups. */
  traces: number
  /** Labels, tags, notes on charts and elsewhere, imports, and shared links from which the UserID was removed. */
  texts: number
}

/** Replaces a UserID in text that people wrote. */
const REPLACEMENT = '…'

/**
 * Erases a person from everything that is stored: look-ups under the hash, and the UserID in text that people wrote.
 */
export function erasures(db: Db) {
  const holds = (column: string, text: string) =>
    isPostgres(db)
      ? sql<boolean>`strpos(${sql.ref(column)}, ${text}) > 0`
      : sql<boolean>`instr(${sql.ref(column)}, ${text}) > 0`

  return {
    /** Erases everything or nothing. */
    person({ appId, personHash, userId, at }: Person): Promise<Erased> {
      const without = eraser(userId)
      return db.transaction().execute(async (trx) => {
        const removed = await traces(trx).erasePerson(appId, personHash)
        const rows = await trx
          .selectFrom('tasks')
          .selectAll()
          .where('app_id', '=', appId)
          .where((eb) =>
            eb.or([holds('words', userId.toLowerCase()), holds('tags', JSON.stringify(userId).slice(1, -1))]),
          )
          .execute()
        const tasks = rows.map(taskOfRow).flatMap((task): Task[] => {
          const after = {
            ...task,
            label: without(task.label),
            note: without(task.note),
            tags: [...new Set(task.tags.map(without))].filter((tag) => tag !== REPLACEMENT),
          }
          return JSON.stringify(after) === JSON.stringify(task) ? [] : [after]
        })
        await writeTasks(trx, tasks)
        const notes = await trx.selectFrom('known_reasons').selectAll().where('app_id', '=', appId).execute()
        const changed = notes.filter(({ note }) => without(note) !== note)
        for (const { source, stage, code, note } of changed) {
          await trx
            .updateTable('known_reasons')
            .set({ note: without(note) })
            .where('app_id', '=', appId)
            .where('source', '=', source)
            .where('stage', '=', stage)
            .where('code', '=', code)
            .execute()
        }
        const annotations = await trx.selectFrom('annotations').selectAll().where('app_id', '=', appId).execute()
        const marked = annotations.filter(({ text }) => without(text) !== text)
        for (const { id, text } of marked) {
          await trx
            .updateTable('annotations')
            .set({ text: without(text) })
            .where('id', '=', id)
            .execute()
        }
        const imports = await trx
          .deleteFrom('task_imports')
          .where('app_id', '=', appId)
          .where(holds('changes', JSON.stringify(userId).slice(1, -1)))
          .executeTakeFirstOrThrow()
        const links = await eraseFromShares(trx, { appId, personHash, without, at })
        return {
          traces: removed,
          texts: tasks.length + changed.length + marked.length + Number(imports.numDeletedRows) + links,
        }
      })
    },

    /**
     * Removes deleted data from the SQLite file too: a delete alone leaves the bytes there. PostgreSQL's vacuum runs by
     * itself.
     */
    async compact(): Promise<void> {
      if (isPostgres(db)) return
      // A checkpoint that meets a reader fails silently, so SQLite itself waits here.
      await sql`pragma busy_timeout = 5000`.execute(db)
      await sql`vacuum`.execute(db)
      await sql`pragma wal_checkpoint(truncate)`.execute(db)
      await sql`pragma busy_timeout = 0`.execute(db)
    },
  }
}

/** Replaces a UserID where it is a whole word: `kim` is not replaced in `kimono` or `kim_2`. */
function eraser(userId: string): (text: string) => string {
  const letters = userId.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const whole = new RegExp(`(?<![\\p{L}\\p{N}_-])${letters}(?![\\p{L}\\p{N}_-])`, 'giu')
  return (text) => text.replace(whole, REPLACEMENT)
}
