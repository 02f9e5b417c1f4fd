import 'server-only'
import { openKeys } from '@/lib/access/keys/open-keys'
import { createKeyRotation } from '@/lib/access/keys/rotate-key'
import { type DatabaseUrl, openDatabase } from '@/lib/store/engine/open'
import { createStore } from '@/lib/store/store'
import { realClock } from '@/lib/testing/clock'

export interface RotatedStore {
  url: DatabaseUrl
  /** The file of the master key. */
  file: string
}

/** Rotates the master key of a store, again and again, until the process is killed. Prints a line when it begins. */
export async function rotateUntilKilled({ url, file }: RotatedStore): Promise<void> {
  const store = createStore(await openDatabase(url), realClock)
  const { keys, settings } = store
  const sources = { text: null, next: null, file }
  const ring = await openKeys(sources, store)
  const rotation = createKeyRotation({ keys, settings, ring, sources, clock: realClock })
  console.log('rotating')
  for (;;) await rotation.rotate()
}
