import 'server-only'
import type { Settings } from '@/lib/access/deps'
import { HEAD, headText, PLAIN, readHead, START } from '@/lib/store/engine/audit-chain'
import { INSTALLATION_KEY, KEY_CHECK, type KeyRows, type KeyState } from '@/lib/store/people/key-rows'
import { currentMasterKey, type KeySources, openMasterKey } from './key-check'
import { chainSigner, createInstallationKey, KeyRing, openInstallationKey, wrapInstallationKey } from './key-ring'
import { MasterKeyError } from './master-key'
import { rewrapAppKey } from './seal'

interface Stored {
  settings: Settings
  keys: KeyRows
}

/**
 * Returns the keys of this database. The first start with a database creates its installation key; a database from before
 * keeps its hashes, its data keys are wrapped anew, and its audit is signed from then on. Throws MasterKeyError like
 * `openMasterKey`.
 */
export async function openKeys(sources: KeySources, { settings, keys }: Stored): Promise<KeyRing> {
  await openMasterKey({ ...sources, settings })
  if ((await settings.get(INSTALLATION_KEY)) === null)
    await keys.change((state) => firstInstallationKey(sources, state))
  const ring = await readKeys(sources, settings)
  if (ring) return ring
  // Another process rotated the key after it was opened here. It is opened again, or refused with a reason.
  await openMasterKey({ ...sources, settings })
  const again = await readKeys(sources, settings)
  if (!again) throw changedMeanwhile()
  return again
}

/** Returns the keys of a database that has an installation key, else null. Writes nothing. */
export async function readKeys(sources: KeySources, settings: Pick<Settings, 'get'>): Promise<KeyRing | null> {
  const [wrapped, check] = [await settings.get(INSTALLATION_KEY), await settings.get(KEY_CHECK)]
  const master = check === null ? null : currentMasterKey(sources, check)
  if (wrapped === null || !master) return null
  try {
    return new KeyRing(master, openInstallationKey(master, wrapped))
  } catch {
    return null
  }
}

function firstInstallationKey(sources: KeySources, state: KeyState) {
  if (state.installationKey !== null) return null
  const master = state.check === null ? null : currentMasterKey(sources, state.check)
  if (!master) throw changedMeanwhile()
  const head = readHead(PLAIN, state.auditHead)
  const isNew = state.dataKeys.length === 0 && head?.id === START.id
  const installation = createInstallationKey(isNew ? null : master)
  const ring = new KeyRing(master, installation)
  return {
    settings: {
      [INSTALLATION_KEY]: wrapInstallationKey(master, installation),
      ...(head ? { [HEAD]: headText(chainSigner(ring), head) } : {}),
    },
    dataKeys: state.dataKeys.map((app) => ({ id: app.id, dataKey: rewrapAppKey(master, ring, app) })),
  }
}

function changedMeanwhile(): MasterKeyError {
  return new MasterKeyError('The master key was rotated at this moment: start again')
}
