import 'server-only'
import type { KeyObject } from 'node:crypto'
import { type AccessDeps, wallS } from '@/lib/access/deps'
import { PushlensError } from '@/lib/contract/errors'
import { INSTALLATION_KEY, KEY_CHECK, type KeyChange, type KeyRows, ROTATED_AT } from '@/lib/store/people/key-rows'
import { checkValue, currentMasterKey, type KeySources } from './key-check'
import { type KeyRing, openInstallationKey, wrapInstallationKey } from './key-ring'
import { MasterKeyError, parseMasterKey } from './master-key'
import { createMasterKeyFile, finishRotation, nextKeyFile } from './master-key-file'

/** What is known about the master key, without the key. */
export interface MasterKeyState {
  /** `file`: Pushlens generated it and can generate the next one. `environment`: the operator must give the next one. */
  source: 'file' | 'environment'
  /** Whether the key can be rotated now: always in a file, else once NEW_MASTER_KEY is a key the database does not have. */
  ready: boolean
  /** When it was last rotated, epoch seconds; null if never. */
  rotatedAt: number | null
  /** The database already has NEW_MASTER_KEY: it must become MASTER_KEY. */
  isNext: boolean
}

export interface KeyRotation {
  state(): Promise<MasterKeyState>
  /** Replaces the master key. Throws `conflict` if it is not `ready`. Everything that is stored opens as before. */
  rotate(): Promise<void>
  /**
   * Adopts a master key that another process has set. Returns false if this process does not have it: it serves on, but
   * cannot start again without it.
   */
  follow(): Promise<boolean>
}

interface Deps extends Pick<AccessDeps, 'settings' | 'clock'> {
  keys: KeyRows
  ring: KeyRing
  sources: KeySources
}

export function createKeyRotation({ keys, ring, settings, sources, clock }: Deps): KeyRotation {
  const current = async () => currentMasterKey(sources, (await settings.get(KEY_CHECK)) ?? '')

  return {
    async state() {
      const rotatedAt = await settings.get(ROTATED_AT)
      const next = sources.next ?? null
      const isNext = next !== null && checkValue(parseMasterKey(next)) === (await settings.get(KEY_CHECK))
      return {
        source: sources.text === null ? 'file' : 'environment',
        ready: sources.text === null || (next !== null && !isNext),
        rotatedAt: rotatedAt === null ? null : Number(rotatedAt),
        isNext,
      }
    },

    async rotate() {
      const fresh = await replaceMasterKey(keys, sources, wallS(clock))
      if (sources.text === null && sources.file !== null) finishRotation(sources.file)
      ring.adopt(fresh)
    },

    async follow() {
      const check = await settings.get(KEY_CHECK)
      if (check === null || ring.matches(check)) return true
      const master = await current()
      if (master) ring.adopt(master)
      return master !== null
    },
  }
}

/** Wraps the installation key by a new master key in one transaction, and returns the new key. */
async function replaceMasterKey(keys: KeyRows, sources: KeySources, nowS: number): Promise<KeyObject> {
  const made: KeyObject[] = []
  await keys.change(({ check, installationKey }): KeyChange => {
    const old = currentMasterKey(sources, check ?? '')
    if (!old || installationKey === null) throw new MasterKeyError('The master key here is not the one of the database')
    // The file of the next key is on the disk before the database needs it, and is taken up again after a crash.
    const fresh = nextMasterKey(sources)
    if (fresh.equals(old)) throw new PushlensError('conflict', 'NEW_MASTER_KEY is the current master key')
    made.push(fresh)
    const wrapped = wrapInstallationKey(fresh, openInstallationKey(old, installationKey))
    const settings = { [KEY_CHECK]: checkValue(fresh), [INSTALLATION_KEY]: wrapped, [ROTATED_AT]: String(nowS) }
    return { settings, dataKeys: [] }
  })
  const [fresh] = made
  if (!fresh) throw new Error('no master key was made')
  return fresh
}

function nextMasterKey({ text, next, file }: KeySources): KeyObject {
  if (text === null && file !== null) return parseMasterKey(createMasterKeyFile(nextKeyFile(file)))
  if (!next)
    throw new PushlensError('conflict', 'MASTER_KEY comes from the environment: give the new key as NEW_MASTER_KEY')
  return parseMasterKey(next)
}
