import 'server-only'
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { KEY_BYTES, MasterKeyError } from './master-key'

/**
 * Returns the key's text, or null if there is no file. Refuses a file that other users of the machine may read or
 * write.
 */
export function readMasterKeyFile(path: string): string | null {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return null
  if (!stat.isFile()) throw new MasterKeyError(`${path} is not a file`)
  if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0) {
    throw new MasterKeyError(`${path} can be read by others: chmod 600 it, and change the key if they may have read it`)
  }
  return readFileSync(path, 'utf8')
}

/** Writes a random key with mode 0600 and returns the file's text. Two concurrent processes both get the same key. */
export function createMasterKeyFile(path: string): string {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeDurably(draft, `${randomBytes(KEY_BYTES).toString('base64')}\n`)
    giveName(draft, path)
    syncFolder(dirname(path))
  } catch (error) {
    throw new MasterKeyError(`${path} cannot be written`, { cause: error })
  }
  const text = readMasterKeyFile(path)
  if (text === null) throw new MasterKeyError(`${path} disappeared while it was written`)
  return text
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Names the next key beside the current one, while the master key is rotated. */
export function nextKeyFile(path: string): string {
  return `${path}.new`
}

/** Gives the next key the name of the current one, whose file is gone then. Does nothing if another process did it. */
export function finishRotation(path: string): void {
  try {
    renameSync(nextKeyFile(path), path)
    syncFolder(dirname(path))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
}

/** Without it, a power cut can lose the name of a file although its content is on the disk. Windows cannot do it. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

/** A link fails if the name exists. An older file therefore stays, and no incomplete file is ever visible. */
function giveName(draft: string, path: string): void {
  try {
    linkSync(draft, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    unlinkSync(draft)
  }
}
