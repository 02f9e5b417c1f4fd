import 'server-only'
import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { Settings } from '@/lib/access/deps'
import { KEY_CHECK } from '@/lib/store/people/key-rows'
import { deriveKey, MasterKeyError, parseMasterKey } from './master-key'
import { createMasterKeyFile, finishRotation, nextKeyFile, readMasterKeyFile } from './master-key-file'

/** Where a master key can come from. */
export interface KeySources {
  /** MASTER_KEY; null if it is not set. Then the key is in `file`. */
  text: string | null
  /** NEW_MASTER_KEY: the key to rotate to, which is valid as soon as the database has it. */
  next?: string | null
  /** The file of a generated key; null with PostgreSQL. */
  file: string | null
}

/**
 * Returns the master key of this database: from `text` (MASTER_KEY), else from `file`. The file is created only for a
 * database that has never had a key. Throws MasterKeyError (exit 78) for a different key, and never replaces a key.
 */
export async function openMasterKey(given: KeySources & { settings: Settings }): Promise<KeyObject> {
  const stored = await given.settings.get(KEY_CHECK)
  if (stored === null) return firstMasterKey(given)
  const master = currentMasterKey(given, stored)
  if (master) return master
  if (given.text === null && given.file === null) throw missing()
  if (given.text === null && readMasterKeyFile(given.file ?? '') === null) {
    throw new MasterKeyError(`${given.file} is missing, but the database needs its key: restore the file`)
  }
  throw otherKey()
}

/** Returns the key among the sources whose check value this is, or null. Finishes a rotation that was interrupted. */
export function currentMasterKey({ text, next, file }: KeySources, check: string): KeyObject | null {
  if (text !== null) {
    return [text, next ?? null].flatMap((one) => (one === null ? [] : keysLike(one, check)))[0] ?? null
  }
  if (file === null) return null
  for (const path of [file, nextKeyFile(file)]) {
    const [master] = keysLike(readMasterKeyFile(path) ?? '', check)
    if (!master) continue
    if (path !== file) finishRotation(file)
    return master
  }
  return null
}

/** Returns whether the configured key is the database's key. Writes nothing and creates no key. */
export async function checkMasterKey(
  given: KeySources & { settings: Pick<Settings, 'get'> },
): Promise<'matches' | 'different' | 'missing' | 'unused'> {
  const stored = await given.settings.get(KEY_CHECK)
  if (stored === null) return 'unused'
  if (given.text === null && (given.file === null || readMasterKeyFile(given.file) === null)) return 'missing'
  return currentMasterKey(given, stored) ? 'matches' : 'different'
}

/** Returns the value by which a database recognizes its key. It reveals nothing of the key. */
export function checkValue(master: KeyObject): string {
  return createHmac('sha256', deriveKey(master, 'key check')).update('this is the key').digest('hex')
}

async function firstMasterKey({ text, file, settings }: KeySources & { settings: Settings }): Promise<KeyObject> {
  if (text === null && file === null) throw missing()
  const master = parseMasterKey(text ?? readMasterKeyFile(file ?? '') ?? createMasterKeyFile(file ?? ''))
  if (await settings.setIfAbsent(KEY_CHECK, checkValue(master))) return master
  if (!same((await settings.get(KEY_CHECK)) ?? '', checkValue(master))) throw otherKey()
  return master
}

function keysLike(text: string, check: string): KeyObject[] {
  if (text === '') return []
  const master = parseMasterKey(text)
  return same(check, checkValue(master)) ? [master] : []
}

function missing(): MasterKeyError {
  return new MasterKeyError('MASTER_KEY is missing: openssl rand -base64 32 prints one')
}

function otherKey(): MasterKeyError {
  return new MasterKeyError('The database was made with another MASTER_KEY. Set that key: nothing was changed')
}

function same(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
