import 'server-only'
import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import type { ChainSigner } from '@/lib/store/engine/audit-chain'
import { checkValue } from './key-check'
import { deriveKey, KEY_BYTES, type KeyLabel, type Keys } from './master-key'
import { openBytes, type SealedCell, sealBytes } from './seal'

/** Uses that end with a master key: whoever has the old one can do nothing with it. */
const OF_MASTER: readonly KeyLabel[] = ['key check', 'installation key', 'device cookie', 'alert signature']
/** Hashes that stored rows have had since before there was an installation key. */
const CARRIED = ['hash of trace', 'hash of person', 'hash of account', 'fingerprint'] as const

const CELL: SealedCell = { table: 'settings', column: 'value', row: 'installation_key' }

/**
 * The random key of an installation, from which all keys but those `OF_MASTER` derive. It never changes. It is stored
 * wrapped by the master key, so a new master key needs one new row, and processes that serve need no other key.
 */
export interface InstallationKey {
  key: KeyObject
  /** Keys that the first master key had, by label. Empty where this version made the database. */
  carried: Partial<Record<KeyLabel, KeyObject>>
}

/** Creates an installation key. `first` is the master key of a database that has data from before; null if it has none. */
export function createInstallationKey(first: KeyObject | null): InstallationKey {
  const carried = first ? Object.fromEntries(CARRIED.map((label) => [label, deriveKey(first, label)])) : {}
  return { key: createSecretKey(randomBytes(KEY_BYTES)), carried }
}

export function wrapInstallationKey(master: KeyObject, { key, carried }: InstallationKey): string {
  const base64 = (secret: KeyObject) => secret.export().toString('base64')
  const entries = Object.entries(carried).map(([label, secret]) => [label, base64(secret)])
  const text = JSON.stringify({ key: base64(key), carried: Object.fromEntries(entries) })
  return sealBytes(deriveKey(master, 'installation key'), CELL, Buffer.from(text, 'utf8'))
}

/** Opens a wrapped installation key. Throws PushlensError `internal` for another master key. */
export function openInstallationKey(master: KeyObject, wrapped: string): InstallationKey {
  const bytes = openBytes(deriveKey(master, 'installation key'), CELL, wrapped)
  // Sealed by `wrapInstallationKey` only.
  const { key, carried } = JSON.parse(bytes.toString('utf8')) as { key: string; carried: Record<string, string> }
  const secret = (text: string) => createSecretKey(Buffer.from(text, 'base64'))
  return {
    key: secret(key),
    carried: Object.fromEntries(Object.entries(carried).map(([label, text]) => [label, secret(text)])),
  }
}

/** The keys of a process. Its master key may be replaced while it serves; everything that is stored opens as before. */
export class KeyRing implements Keys {
  #master: KeyObject
  readonly #installation: InstallationKey

  constructor(master: KeyObject, installation: InstallationKey) {
    this.#master = master
    this.#installation = installation
  }

  derive(label: KeyLabel): KeyObject {
    if (OF_MASTER.includes(label)) return deriveKey(this.#master, label)
    return this.#installation.carried[label] ?? deriveKey(this.#installation.key, label)
  }

  /** Uses another master key from now on. */
  adopt(master: KeyObject): void {
    this.#master = master
  }

  /** Returns whether the database's key check is of this master key. */
  matches(check: string): boolean {
    return checkValue(this.#master) === check
  }
}

/** Returns the signer of the audit's chain. */
export function chainSigner(keys: Keys): ChainSigner {
  return {
    name: 'k1',
    sign: (text) => createHmac('sha256', keys.derive('audit chain')).update(text, 'utf8').digest('base64url'),
  }
}
