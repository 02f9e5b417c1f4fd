import 'server-only'
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { PushlensError } from '@/lib/contract/errors'
import { deriveKey, KEY_BYTES, type Keys } from './master-key'

/** The cell of a sealed value. The value can't be opened for another cell. `row` is the row's primary key. */
export interface SealedCell {
  table: string
  column: string
  row: string
}
/** `dataKey` is the app's wrapped data key, as returned by `createAppKey`. */
export interface AppKey {
  id: string
  dataKey: string
}

const VERSION = 's1'
const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Creates a data key for an app and returns it wrapped by the master key, as text to store. */
export function createAppKey(master: KeyObject | Keys, appId: string): string {
  return sealBytes(deriveKey(master, 'app keys'), dataKeyOf(appId), randomBytes(KEY_BYTES))
}

/**
 * Seals a text. Throws PushlensError `internal`, without content, if `app.dataKey` isn't this app's under this master
 * key.
 */
export function sealWithAppKey(master: KeyObject | Keys, app: AppKey, cell: SealedCell, text: string): string {
  return sealBytes(openAppKey(master, app), cell, Buffer.from(text, 'utf8'))
}

/**
 * Opens a sealed text. Throws PushlensError `internal`, without content, for another cell, another app, or a changed
 * text.
 */
export function openWithAppKey(master: KeyObject | Keys, app: AppKey, cell: SealedCell, sealed: string): string {
  return openBytes(openAppKey(master, app), cell, sealed).toString('utf8')
}

/** Returns an app's data key, wrapped by other keys than before. What it sealed stays as it is. */
export function rewrapAppKey(before: KeyObject | Keys, after: KeyObject | Keys, app: AppKey): string {
  const bytes = openAppKey(before, app).export()
  return sealBytes(deriveKey(after, 'app keys'), dataKeyOf(app.id), bytes)
}

function openAppKey(master: KeyObject | Keys, app: AppKey): KeyObject {
  return createSecretKey(openBytes(deriveKey(master, 'app keys'), dataKeyOf(app.id), app.dataKey))
}

function dataKeyOf(appId: string): SealedCell {
  return { table: 'apps', column: 'data_key', row: appId }
}

/** Seals bytes for one cell under a key of 32 bytes. */
export function sealBytes(key: KeyObject, cell: SealedCell, bytes: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(bound(cell))
  const body = Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
  return `${VERSION}.${body.toString('base64url')}`
}

/** Opens what `sealBytes` made. Throws PushlensError `internal`, without content, for another key, cell or text. */
export function openBytes(key: KeyObject, cell: SealedCell, sealed: string): Buffer {
  const [version, text = '', ...rest] = sealed.split('.')
  const body = Buffer.from(text, 'base64url')
  // Decoding ignores invalid letters, so the text must be exactly what sealing would have written.
  const ours = version === VERSION && rest.length === 0 && body.toString('base64url') === text
  if (!ours || body.length < NONCE_BYTES + TAG_BYTES) throw unopened(cell)
  const decipher = createDecipheriv(CIPHER, key, body.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(bound(cell)).setAuthTag(body.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()])
  } catch {
    throw unopened(cell)
  }
}

function bound({ table, column, row }: SealedCell): Buffer {
  return Buffer.from(JSON.stringify([VERSION, table, column, row]), 'utf8')
}

function unopened({ table, column }: SealedCell): PushlensError {
  return new PushlensError('internal', `a sealed value of ${table}.${column} can't be opened: it was changed or moved`)
}
