import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { keyAtHand } from '@/lib/access/keys/key-check'
import { masterKeyFile } from '@/lib/context-base'
import type { Env } from '@/lib/env'
import { backUp, type OpenedBackup, openBackup } from '@/lib/store/engine/backup'
import { openDatabase } from '@/lib/store/engine/open'
import { type Command, type CommandResult, EX_USAGE } from './command'

const POSTGRES = 'This is PostgreSQL: use pg_dump, and pg_restore to bring it back. Keep MASTER_KEY with the dump.'
const KEEP_THE_KEY = 'Keep the master key with it, in another place: without the key no backup can be opened.'

/** A copy taken while the server goes on; the tables are left as they are. */
export const backup: Command = async (env, { to }) => {
  if (env.database.kind === 'postgres') return { text: POSTGRES, exitCode: EX_USAGE }
  const { path } = env.database
  if (!existsSync(path)) return { text: `There is no database at ${path}.`, exitCode: EX_USAGE }
  const target = resolve(to ?? join(env.dataFolder ?? '.', `backup-${stamp()}.db`))
  const db = await openDatabase(env.database)
  try {
    await backUp(db, target)
  } finally {
    await db.destroy()
  }
  return { text: `${target}\n${KEEP_THE_KEY}` }
}

/** `20261121T063000Z`: sorts by time, and no file system minds it. */
function stamp(): string {
  return new Date().toISOString().replace(/[-:]|\.\d+/g, '')
}

/** Looks whether a backup could be started from; restores nothing. */
export const restore: Command = async (env, { check }) => {
  if (env.database.kind === 'postgres') return { text: POSTGRES, exitCode: EX_USAGE }
  if (check === undefined) {
    const { path } = env.database
    const how = `stop Pushlens, put the file in the place of ${path}, remove ${path}-wal and ${path}-shm, start again.`
    return { text: `To see whether a backup is whole: restore --check FILE. To restore it: ${how}`, exitCode: EX_USAGE }
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
  ready: 'ok   the tables are those of this version',
  behind: 'ok   the tables are of an older version: they are brought up to date at the start',
  newer: 'bad  the tables are of a newer version: update Pushlens first',
  'not ours': 'bad  this is no database of Pushlens',
}

const KEYS: Record<Awaited<ReturnType<typeof keyAtHand>>, string> = {
  opens: 'ok   the master key at hand opens it',
  another: 'bad  the master key at hand is another one: nothing sealed in this backup can be opened with it',
  'no key': 'bad  there is no master key here: bring the one this backup was made with',
  'never locked': 'ok   it has never been used with a master key',
}

async function report(env: Env, { damage, tables, settings }: OpenedBackup): Promise<CommandResult> {
  const lines = [damage === null ? 'ok   the file is whole' : `bad  the file is damaged: ${damage}`, TABLES[tables]]
  if (tables !== 'not ours') {
    lines.push(KEYS[await keyAtHand({ text: env.masterKey, file: masterKeyFile(env), settings })], KEEP_THE_KEY)
  }
  return { text: lines.join('\n'), exitCode: lines.some((line) => line.startsWith('bad')) ? 1 : 0 }
}
