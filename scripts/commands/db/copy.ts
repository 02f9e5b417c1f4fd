import { existsSync } from 'node:fs'
import { keySources } from '@/lib/context-base'
import type { Env } from '@/lib/env'
import { lockFile } from '@/lib/store/engine/lock'
import { type DatabaseUrl, openDatabase } from '@/lib/store/engine/open'
import { compareTables, copyTables, isEmpty, type Progress } from '@/lib/store/transfer/copy-tables'
import { fillNewFile } from '@/lib/store/transfer/new-file'
import type { Digest } from '@/lib/store/transfer/rows'
import { recordByCommand } from '../backup'
import { type Command, type CommandResult, EX_USAGE } from '../command'
import { CopyRefused, type End, nameOf, openUnused, urlOf } from './ends'

const USAGE = `To copy the database to another one: db copy --to URL. To compare the two: db copy --check URL.
URL is sqlite:PATH or postgres://USER@HOST/NAME, with the password in PGPASSWORD. Stop Pushlens first.`
const EVERY_MS = 1_000

/** Copies the database to an empty one of the other kind, or only compares the two. Needs Pushlens to be stopped. */
export const copyDb: Command = async (env, { to, check }) => {
  const given = to ?? check
  if (given === undefined || (to !== undefined && check !== undefined)) return { text: USAGE, exitCode: EX_USAGE }
  try {
    const target = urlOf(given)
    return await (check === undefined ? copyTo(env, target) : compareWith(env, target))
  } catch (error) {
    if (error instanceof CopyRefused) return { text: error.message, exitCode: EX_USAGE }
    throw error
  }
}

async function copyTo(env: Env, target: DatabaseUrl): Promise<CommandResult> {
  const source = await openUnused(env.database)
  try {
    await expectEmpty(target)
    await recordByCommand(env, source.db, 'database.copy')
    const digests = await copyInto(source, target)
    return {
      text: [
        ...linesOf(digests),
        `Every row was read back from ${nameOf(target)} and is the same.`,
        next(env, target),
      ].join('\n'),
    }
  } finally {
    await source.release()
  }
}

async function copyInto({ db }: End, target: DatabaseUrl): Promise<Map<string, Digest>> {
  const progress = progressTo(console.error)
  if (target.kind === 'sqlite') {
    const lock = await lockFile(target.path)
    const copied = fillNewFile(target.path, Date.now(), (to) => copyTables(db, to, progress))
    return await copied.finally(() => lock.release())
  }
  const to = await openDatabase(target)
  return await copyTables(db, to, progress).finally(() => to.destroy())
}

async function expectEmpty(target: DatabaseUrl): Promise<void> {
  if (target.kind === 'sqlite') {
    if (existsSync(target.path)) throw new CopyRefused(`There is a file at ${target.path} already: name a new one.`)
    return
  }
  const db = await openDatabase(target)
  const cannotOpen = (error: Error) => {
    throw new CopyRefused(`${nameOf(target)} cannot be opened: ${error.message}`)
  }
  const empty = await isEmpty(db)
    .catch(cannotOpen)
    .finally(() => db.destroy())
  if (!empty) throw new CopyRefused(`${nameOf(target)} is not empty: name a new database.`)
}

async function compareWith(env: Env, target: DatabaseUrl): Promise<CommandResult> {
  const source = await openUnused(env.database)
  try {
    const other = await openUnused(target)
    const compared = compareTables(source.db, other.db, progressTo(console.error))
    const { digests, wrong } = await compared.finally(() => other.release())
    if (wrong.length === 0) return { text: [...linesOf(digests), 'Both databases have the same rows.'].join('\n') }
    const lines = wrong.map(({ table, source: here, target: there }) => {
      if (there === null) return `bad  ${table}: missing in the copy`
      const counts =
        here.rows === there.rows ? `${here.rows} rows, with other content` : `${here.rows} and ${there.rows} rows`
      return `bad  ${table}: ${counts}`
    })
    return { text: lines.join('\n'), exitCode: 1 }
  } finally {
    await source.release()
  }
}

function linesOf(digests: Map<string, Digest>): string[] {
  return [...digests].map(([table, { rows, content }]) => `ok   ${table}: ${rows} rows, ${content.slice(0, 12)}`)
}

/** Says about once a second how far it is. */
function progressTo(say: (text: string) => void): Progress {
  let saidMs = performance.now()
  return (table, rows) => {
    if (performance.now() - saidMs < EVERY_MS) return
    saidMs = performance.now()
    say(`${table}: ${rows} rows`)
  }
}

/** The keys in the database open with the same master key only. */
function next(env: Env, target: DatabaseUrl): string {
  const { text, file } = keySources(env)
  const key = text === null ? `and MASTER_KEY_FILE=${file}` : 'and the same MASTER_KEY'
  const url = target.kind === 'sqlite' ? `sqlite:${target.path}` : 'of the copy'
  return `Start Pushlens with DATABASE_URL ${url} ${key}. The database from before is unchanged: start no server on it.`
}
