import 'server-only'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { startEmulator } from '@/emulator/start'
import type { Switches } from '@/emulator/switches'
import { createArchive } from '@/lib/archive/archive'
import { createCollector } from '@/lib/archive/collector'
import type { Clock } from '@/lib/contract/clock'
import { SOURCES, type Source } from '@/lib/contract/sources'
import { createGateway } from '@/lib/gateway/gateway'
import { systemTimers, type Timers } from '@/lib/gateway/timers'
import { migrate } from '@/lib/store/engine/migrate'
import { openDatabase } from '@/lib/store/engine/open'
import { createStore } from '@/lib/store/store'
import { newApp } from '@/lib/store/testing/rows'
import { realClock } from '@/lib/testing/clock'
import { createTimPush, type UpstreamApp } from '@/lib/timpush/tim-push'

export const SDK_APP_ID = 1_400_000_001
const KEY = 'a-key-for-tests-0123456789'
const SPACING_MS = 2
/** Friday 20 November 2026, 16:20 at +08:00: tests see the same world whatever day it is. */
export const NOW = 1_795_162_800

export type House = Awaited<ReturnType<typeof openHouse>>

/** An emulator, a database and an archive of a test's own, in a time that stands at `NOW` until it is moved. */
export async function openHouse({ seed = 1, switches = {} }: { seed?: number; switches?: Partial<Switches> } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'pl-archive-'))
  const shift = NOW - Math.floor(Date.now() / 1_000)
  const apps = [{ sdkAppId: SDK_APP_ID, key: KEY, admins: ['administrator'] }]
  const data = { shift }
  const emulator = await startEmulator({
    ...{ apps, seed, switches, anchor: NOW, clockOffset: shift, spacingMs: SPACING_MS },
  })
  const db = await openDatabase({ kind: 'sqlite', path: join(folder, 'test.db') })
  await migrate(db)
  await sql`pragma synchronous = off`.execute(db) // These tests are not about power cuts; `crash.test.ts` is.
  const store = createStore(db, realClock)
  const clock: Clock = { wallMs: Date.now, dataS: () => Math.floor(Date.now() / 1_000) + data.shift }
  const app = await store.apps.upsert(newApp({ createdAt: clock.dataS(), baseUrl: emulator.url }))
  const timpush = createTimPush({ clock })
  const { lanes, calls } = store
  // A jump of the clock is seen at once, where the product would look a little later.
  const impatient: Timers = { ...systemTimers, sleep: (ms, wake) => systemTimers.sleep(Math.min(ms, 20), wake) }
  const parts = { lanes, calls, apps: store.apps, timpush, random: Math.random, owner: 'test' }
  const gateway = createGateway({ ...parts, clock, timers: systemTimers, spacingMs: SPACING_MS })
  const archive = createArchive({ store, gateway, clock })
  const upstreamApp = (): UpstreamApp => ({ ...app, secretKey: async () => KEY })
  const collector = () => createCollector({ store, archive, upstreamApp, clock, timers: impatient })
  const control = async (path: string, body?: unknown) => {
    const post = { method: 'POST', body: JSON.stringify(body) }
    const answer = await fetch(emulator.controlUrl + path, body === undefined ? {} : post)
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
  return {
    ...{ app, store, archive, gateway, collector, control, clock, upstreamApp },
    /** How many calls of an endpoint arrived. */
    async calls(endpoint: string): Promise<number> {
      const { items } = (await control('/arrivals')) as { items: { endpoint: string }[] }
      return items.filter((one) => one.endpoint === endpoint).length
    },
    async jump(seconds: number) {
      data.shift += seconds
      await control('/clock', { offset: data.shift })
    },
    async end() {
      await gateway.stop()
      await timpush.close()
      await store.close()
      await emulator.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Waits until so many windows are held. */
export async function heldCount(house: House, count: number): Promise<void> {
  const deadline = Date.now() + 60_000
  const headers = (source: Source) => house.store.windows.headers({ appId: house.app.id, source, from: 0 })
  while ((await Promise.all(SOURCES.map(headers))).flat().length < count) {
    if (Date.now() > deadline) throw new Error(`fewer than ${count} windows are held`)
    await pause(10)
  }
}
