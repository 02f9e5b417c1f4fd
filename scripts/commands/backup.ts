import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { recordAuditAs } from '@/lib/access/audit'
import { COMMAND_LINE } from '@/lib/access/authorize'
import { checkMasterKey } from '@/lib/access/keys/key-check'
import { chainSigner } from '@/lib/access/keys/key-ring'
import { readKeys } from '@/lib/access/keys/open-keys'
import { optionalWrite } from '@/lib/access/optional-write'
import { keySources } from '@/lib/context-base'
import type { Env } from '@/lib/env'
import { backUp, type OpenedBackup, openBackup } from '@/lib/store/engine/backup'
import { type Db, openDatabase } from '@/lib/store/engine/open'
import { createStore } from '@/lib/store/store'
import { type Command, type CommandResult, EX_USAGE } from './command'

const POSTGRES = 'The database is PostgreSQL. Use pg_dump and pg_restore. Keep MASTER_KEY for the dump.'
const KEEP_THE_KEY = 'Keep the master key too, in a separate place. Without the key no backup can be opened.'

/** Copies the database while the server runs. Does not migrate tables. */
export const backup: Command = async (env, { to }) => {
  if (env.database.kind === 'postgres') return { text: POSTGRES, exitCode: EX_USAGE }
  const { path } = env.database
  if (!existsSync(path)) return { text: `There is no database at ${path}.`, exitCode: EX_USAGE }
  const target = resolve(to ?? join(env.dataFolder ?? '.', `backup-${stamp()}.db`))
  const db = await openDatabase(env.database)
  try {
    await backUp(db, target)
    await record(env, db)
  } finally {
    await db.destroy()
  }
  return { text: `${target}\n${KEEP_THE_KEY}` }
}

/** Records the backup in the audit. Older tables stay as they are, and their backup is not recorded. */
async function record(env: Env, db: Db): Promise<void> {
  const clock = { wallMs: Date.now }
  const { audit, settings, readiness } = createStore(db, clock)
  const keys = (await readiness()) === 'ready' ? await readKeys(keySources(env), settings) : null
  if (!keys) return
  audit.signWith(chainSigner(keys))
  await optionalWrite(recordAuditAs({ audit, clock }, { actor: COMMAND_LINE, action: 'backup' }))
}

/** Returns a timestamp such as `20261121T063000Z`, which sorts by time and is valid in every file system. */
function stamp(): string {
  return new Date().toISOString().replace(/[-:]|\.\d+/g, '')
}

/** Checks whether a backup can be restored. Restores nothing. */
export const restore: Command = async (env, { check }) => {
  if (env.database.kind === 'postgres') return { text: POSTGRES, exitCode: EX_USAGE }
  if (check === undefined) {
    const { path } = env.database
    const how = `stop Pushlens, replace ${path} with the backup, remove ${path}-wal and ${path}-shm, and start Pushlens.`
    return { text: `To check a backup: restore --check FILE. To restore it: ${how}`, exitCode: EX_USAGE }
  }
  if (!existsSync(check)) return { text: `There is no file ${check}.`, exitCode: EX_USAGE }
  const opened = await openBackup(check)
  try {
    return await report(env, opened)
  } finally {
    await opened.close()
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
