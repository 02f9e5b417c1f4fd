import { chmodSync, copyFileSync, existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { BY_COMMAND_LINE, recordAuditAs } from '@/lib/access/audit'
import { checkMasterKey } from '@/lib/access/keys/key-check'
import { chainSigner } from '@/lib/access/keys/key-ring'
import { readKeys } from '@/lib/access/keys/open-keys'
import { optionalWrite } from '@/lib/access/optional-write'
import { backupsOf, keySources } from '@/lib/context-base'
import type { AuditAction } from '@/lib/contract/access/audit-actions'
import type { Env } from '@/lib/env'
import { type OpenedBackup, openBackup } from '@/lib/store/engine/backup'
import { copyDatabase } from '@/lib/store/engine/copy'
import { lockFile } from '@/lib/store/engine/lock'
import { type Db, openDatabase } from '@/lib/store/engine/open'
import { emptyLog, putBack } from '@/lib/store/engine/put-back'
import { createStore } from '@/lib/store/store'
import { type Command, type CommandResult, EX_USAGE } from './command'

const POSTGRES =
  'The database is PostgreSQL, which Pushlens does not copy. Use pg_dump and pg_restore. Keep MASTER_KEY for the dump.'
const KEEP_THE_KEY = 'Keep the master key too, in a separate place. Without the key no backup can be opened.'

/** Copies the database while the server runs, to a file or to BACKUP_TO. Does not migrate tables. */
export const backup: Command = async (env, { to }) => {
  if (env.database.kind === 'postgres') return { text: POSTGRES, exitCode: EX_USAGE }
  const { path } = env.database
  if (!existsSync(path)) return { text: `There is no database at ${path}.`, exitCode: EX_USAGE }
  const made = to === undefined ? await storedAt(env) : resolve(to)
  if (to !== undefined) await copyDatabase(path, made)
  const db = await openDatabase(env.database)
  await recordByCommand(env, db, 'backup').finally(() => db.destroy())
  return { text: `${made}\n${KEEP_THE_KEY}` }
}

async function storedAt(env: Env): Promise<string> {
  const backups = backupsOf(env, { wallMs: Date.now })
  const { name } = await backups.make('person')
  return `${backups.label.replace(/\/$/, '')}/${name}`
}

/** Records in the audit what the command line did. Tables of an older version stay as they are, without an entry. */
export async function recordByCommand(env: Env, db: Db, action: AuditAction): Promise<void> {
  const clock = { wallMs: Date.now }
  const { audit, settings, readiness } = createStore(db, clock)
  const keys = (await readiness()) === 'ready' ? await readKeys(keySources(env), settings) : null
  if (!keys) return
  audit.signWith(chainSigner(keys))
  await optionalWrite(recordAuditAs({ audit, clock }, { ...BY_COMMAND_LINE, action }))
}

/** Checks whether a backup can be restored, or restores it. Only the second needs Pushlens to be stopped. */
export const restore: Command = async (env, { check, from }) => {
  if (env.database.kind === 'postgres') return { text: POSTGRES, exitCode: EX_USAGE }
  const file = check ?? from
  if (file === undefined) {
    const text = 'To check a backup: restore --check FILE. To restore it: stop Pushlens, then restore --from FILE.'
    return { text, exitCode: EX_USAGE }
  }
  if (!existsSync(file)) return { text: `There is no file ${file}.`, exitCode: EX_USAGE }
  const opened = await openBackup(file, dirname(env.database.path))
  const checked = await report(env, opened).finally(() => opened.close())
  if (from === undefined || checked.exitCode !== 0) return checked
  const kept = await replace(env.database.path, from)
  const aside = kept === null ? '' : `\nThe database from before is ${kept}.`
  return { text: `${checked.text}\nRestored ${env.database.path}. Start Pushlens.${aside}`, exitCode: 0 }
}

/** Replaces the database under the server's lock. Returns where the one from before is; null if there was none. */
async function replace(path: string, from: string): Promise<string | null> {
  const lock = await lockFile(path)
  try {
    const kept = existsSync(path) ? `${path}.replaced-${Date.now()}.bak` : null
    if (kept !== null) {
      await emptyLog(path)
      copyFileSync(path, kept)
      chmodSync(kept, 0o600)
    }
    await putBack(from, path)
    return kept
  } finally {
    lock.release()
  }
}

const TABLES: Record<OpenedBackup['tables'], string> = {
  ready: 'ok   the schema matches this version',
  behind: 'ok   the schema is older; the next start migrates it',
  newer: 'bad  the schema is newer; update Pushlens first',
  'not ours': 'bad  this is not a Pushlens database',
}

const KEYS: Record<Awaited<ReturnType<typeof checkMasterKey>>, string> = {
  matches: 'ok   the master key matches',
  different: 'bad  the backup was made with a different key; the master key here cannot decrypt it',
  missing: 'bad  there is no master key here; provide the key of this backup',
  unused: 'ok   the backup has no data encrypted with a master key',
}

async function report(env: Env, { damage, tables, settings }: OpenedBackup): Promise<CommandResult> {
  const lines = [damage === null ? 'ok   the file is intact' : `bad  the file is damaged: ${damage}`, TABLES[tables]]
  if (tables !== 'not ours') {
    lines.push(KEYS[await checkMasterKey({ ...keySources(env), settings })], KEEP_THE_KEY)
  }
  return { text: lines.join('\n'), exitCode: lines.some((line) => line.startsWith('bad')) ? 1 : 0 }
}
