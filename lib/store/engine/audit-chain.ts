import 'server-only'
import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Database } from './schema'

/** Signs the text of an entry. `name` marks its hashes, so that entries of a signer can be told from older ones. */
export interface ChainSigner {
  name: 'p1' | 'k1'
  sign(text: string): string
}

/** Needs no key. For entries that are older than the chain's key: the first signed entry covers them too. */
export const PLAIN: ChainSigner = {
  name: 'p1',
  sign: (text) => createHash('sha256').update(text, 'utf8').digest('base64url'),
}

/** What an entry's hash covers besides the previous hash: every column. */
export type ChainedRow = Omit<Selectable<Database['audit']>, 'hash'>

/** The newest entry, as the settings keep it: without it, nobody could tell that the newest entries were removed. */
export interface ChainHead {
  id: number
  hash: string
}

export const HEAD = 'audit_head'
/** The hash before the first entry. */
export const START: ChainHead = { id: 0, hash: '' }
/** Follows a head that nobody of us has signed. The break stays visible for good. */
export const UNSIGNED = 'unsigned'

/** Returns the hash of an entry that follows the entry with the hash `previous`. */
export function hashOf(signer: ChainSigner, row: ChainedRow, previous: string): string {
  const { id, at, actor, action, app_id, subject_hash, detail, address } = row
  const text = JSON.stringify([id, at, actor, action, app_id, subject_hash, detail, address, previous])
  return `${signer.name}.${signer.sign(text)}`
}

/** Returns the text of a head for the settings. */
export function headText(signer: ChainSigner, { id, hash }: ChainHead): string {
  return `${signer.name} ${id} ${hash} ${signer.sign(`head ${id} ${hash}`)}`
}

/** Reads a head; null if this signer has not signed it. */
export function readHead(signer: ChainSigner, text: string | null): ChainHead | null {
  const [, id = '', hash = ''] = (text ?? '').split(' ')
  const head = { id: Number(id), hash }
  return text === headText(signer, head) ? head : null
}
