import 'server-only'
import { type Archive, createArchive } from '@/lib/archive/archive'
import { type Collector, createCollector } from '@/lib/archive/collector'
import type { Clock } from '@/lib/contract/clock'
import type { Gateway } from '@/lib/gateway/gateway'
import type { Timers } from '@/lib/gateway/timers'
import { migrate } from '@/lib/store/engine/migrate'
import type { Db } from '@/lib/store/engine/open'
import type { AppRow } from '@/lib/store/people/apps'
import { createStore, type Store } from '@/lib/store/store'
import { newApp } from '@/lib/store/testing/rows'
import { realClock } from '@/lib/testing/clock'
import type { UpstreamApp } from '@/lib/timpush/tim-push'

export const SDK_APP_ID = 1_400_000_001
export const SECRET_KEY = 'a-key-for-tests-0123456789'
/** Friday, 20 November 2026, 16:20 (+08:00). All tests see the same emulated data, whatever the date. */
export const NOW = 1_795_162_800

/** What the test environments of the archive share: a store with one app. */
export interface StoreWithApp {
  store: Store
  app: AppRow
  upstreamApp(): UpstreamApp
}

/** Migrates the database and connects the app of the emulator, as of the data time of `clock`. */
export async function openStoreWithApp(db: Db, clock: Pick<Clock, 'dataS'>, baseUrl?: string): Promise<StoreWithApp> {
  await migrate(db)
  const store = createStore(db, realClock)
  const app = await store.apps.upsert(newApp({ createdAt: clock.dataS(), ...(baseUrl ? { baseUrl } : {}) }))
  return { store, app, upstreamApp: () => ({ ...app, secretKey: async () => SECRET_KEY }) }
}

interface Parts extends StoreWithApp {
  gateway: Pick<Gateway, 'request' | 'lanes'>
  clock: Pick<Clock, 'dataS'>
  timers: Timers
}

/** Creates the archive over these parts. `collector` returns a new collector, not yet started. */
export function openArchive(parts: Parts): { archive: Archive; collector(): Collector } {
  const { store, gateway, clock, timers, upstreamApp } = parts
  const archive = createArchive({ store, gateway, clock })
  return { archive, collector: () => createCollector({ store, archive, upstreamApp, clock, timers }) }
}
