import 'server-only'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { startEmulator } from '@/emulator/start'
import type { Switches } from '@/emulator/switches'
import type { Clock } from '@/lib/contract/clock'
import { SOURCES, type Source } from '@/lib/contract/sources'
import { createGateway } from '@/lib/gateway/gateway'
import { systemTimers, type Timers } from '@/lib/gateway/timers'
import { openDatabase } from '@/lib/store/engine/open'
import { realClock } from '@/lib/testing/clock'
import { createTimPush } from '@/lib/timpush/tim-push'
import { NOW, openArchive, openStoreWithApp, SDK_APP_ID, SECRET_KEY } from './archive-env'

const SPACING_MS = 2

export type NetworkEnv = Awaited<ReturnType<typeof openNetworkEnv>>

/** Opens an archive on a SQLite file with the real gateway, over HTTP to an emulator. Data time starts at `NOW`. */
export async function openNetworkEnv({
  seed = 1,
  switches = {},
}: {
  seed?: number
  switches?: Partial<Switches>
} = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'pl-archive-'))
  const data = { shiftS: NOW - realClock.dataS() }
  const clock: Clock = { wallMs: realClock.wallMs, dataS: () => realClock.dataS() + data.shiftS }
  const emulator = await startEmulator({
    apps: [{ sdkAppId: SDK_APP_ID, key: SECRET_KEY, admins: ['administrator'] }],
    seed,
    switches,
    anchor: NOW,
    clockOffset: data.shiftS,
    spacingMs: SPACING_MS,
  })
  const db = await openDatabase({ kind: 'sqlite', path: join(folder, 'test.db') })
  await sql`pragma synchronous = off`.execute(db) // Power failures are tested in `crash.test.ts`, not here.
  const parts = await openStoreWithApp(db, clock, emulator.url)
  const { store, app, upstreamApp } = parts
  const timpush = createTimPush({ clock })
  const gateway = createGateway({
    lanes: store.lanes,
    calls: store.calls,
    apps: store.apps,
    timpush,
    clock,
    timers: systemTimers,
    random: Math.random,
    spacingMs: SPACING_MS,
    owner: 'test',
  })
  // Short sleeps, so that the collector notices a jump of the clock at once.
  const timers: Timers = { ...systemTimers, sleep: (ms, wake) => systemTimers.sleep(Math.min(ms, 20), wake) }
  const { archive, collector } = openArchive({ ...parts, gateway, clock, timers })
  const control = async (path: string, body?: unknown) => {
    const post = { method: 'POST', body: JSON.stringify(body) }
    const answer = await fetch(emulator.controlUrl + path, body === undefined ? {} : post)
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
  return {
    app,
    store,
    archive,
    gateway,
    collector,
    control,
    clock,
    upstreamApp,
    /** Returns how many calls of an endpoint have arrived at the emulator. */
    async calls(endpoint: string): Promise<number> {
      const { items } = (await control('/arrivals')) as { items: { endpoint: string }[] }
      return items.filter((one) => one.endpoint === endpoint).length
    },
    async jump(seconds: number) {
      data.shiftS += seconds
      await control('/clock', { offset: data.shiftS })
    },
    async close() {
      await gateway.stop()
      await timpush.close()
      await store.close()
      await emulator.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Waits until at least `count` windows are stored. */
export async function storedCount(env: NetworkEnv, count: number): Promise<void> {
  const deadline = realClock.wallMs() + 60_000
  const headers = (source: Source) => env.store.windows.headers({ appId: env.app.id, source, from: 0 })
  while ((await Promise.all(SOURCES.map(headers))).flat().length < count) {
    if (realClock.wallMs() > deadline) throw new Error(`fewer than ${count} windows are stored`)
    await pause(10)
  }
}
