import 'server-only'
import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { Settings } from '@/lib/access/deps'
import { deriveKey, MasterKeyError, parseMasterKey } from './master-key'
import { createMasterKeyFile, readMasterKeyFile } from './master-key-file'

const SETTING = 'master_key_check'

/**
 * Returns the master key of this database: from `text` (MASTER_KEY), else from `file`. The file is created only for a
 * database that has never had a key. Throws MasterKeyError (exit 78) for a different key, and never replaces a key.
 */
export async function openMasterKey(given: {
  text: string | null
  file: string | null
  settings: Settings
}): Promise<KeyObject> {
  const text = given.text ?? (await textOfFile(given.file, given.settings))
  const master = parseMasterKey(text)
  const check = checkValue(master)
  if (await given.settings.setIfAbsent(SETTING, check)) return master
  const stored = await given.settings.get(SETTING)
  if (stored === null || !same(stored, check)) {
    throw new MasterKeyError('The database was made with another MASTER_KEY. Set that key: nothing was changed')
  }
  return master
}

/** Returns whether the configured key is the database's key. Writes nothing and creates no key. */
export async function checkMasterKey(given: {
  text: string | null
  file: string | null
  settings: Pick<Settings, 'get'>
}): Promise<'matches' | 'different' | 'missing' | 'unused'> {
  const stored = await given.settings.get(SETTING)
  if (stored === null) return 'unused'
  const text = given.text ?? (given.file === null ? null : readMasterKeyFile(given.file))
  if (text === null) return 'missing'
  return same(stored, checkValue(parseMasterKey(text))) ? 'matches' : 'different'
}

async function textOfFile(file: string | null, settings: Settings): Promise<string> {
  if (file === null) throw new MasterKeyError('MASTER_KEY is missing: openssl rand -base64 32 prints one')
  const text = readMasterKeyFile(file)
  if (text !== null) return text
  if ((await settings.get(SETTING)) !== null) {
    throw new MasterKeyError(`${file} is missing, but the database needs its key: restore the file`)
  }
  return createMasterKeyFile(file)
}

function checkValue(master: KeyObject): string {
  return createHmac('sha256', deriveKey(master, 'key check')).update('this is the key').digest('hex')
}

function same(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
