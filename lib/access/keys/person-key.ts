import 'server-only'
import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { deriveKey, KEY_BYTES, type Keys } from './master-key'
import { openBytes, type SealedCell, sealBytes } from './seal'

/** `dataKey` is the person's wrapped data key, as returned by `createPersonKey`. */
export interface PersonKey {
  id: string
  dataKey: string
}

/** Creates a data key for a person and returns it wrapped by the master key, as text to store. */
export function createPersonKey(master: KeyObject | Keys, personId: string): string {
  return sealBytes(deriveKey(master, 'person keys'), dataKeyOf(personId), randomBytes(KEY_BYTES))
}

/** Seals a text of a person. Throws PushlensError `internal` if the data key isn't theirs under this master key. */
export function sealWithPersonKey(master: KeyObject | Keys, person: PersonKey, cell: SealedCell, text: string): string {
  return sealBytes(openPersonKey(master, person), cell, Buffer.from(text, 'utf8'))
}

/** Opens a sealed text. Throws PushlensError `internal` for another cell, another person, or a changed text. */
export function openWithPersonKey(
  master: KeyObject | Keys,
  person: PersonKey,
  cell: SealedCell,
  sealed: string,
): string {
  return openBytes(openPersonKey(master, person), cell, sealed).toString('utf8')
}

function openPersonKey(master: KeyObject | Keys, { id, dataKey }: PersonKey): KeyObject {
  return createSecretKey(openBytes(deriveKey(master, 'person keys'), dataKeyOf(id), dataKey))
}

function dataKeyOf(personId: string): SealedCell {
  return { table: 'second_factors', column: 'data_key', row: personId }
}
