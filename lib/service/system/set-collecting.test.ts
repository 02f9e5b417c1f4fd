import { beforeEach, describe, expect, test } from 'vitest'
import { authorize } from '@/lib/access/authorize'
import type { KnownPrincipal } from '@/lib/access/principal'
import { writeHeartbeat } from '@/lib/archive/heartbeat'
import { type CollectingBody, collectingBody } from '@/lib/contract/apps'
import { HOUR } from '@/lib/contract/limits'
import type { Context } from '@/lib/service/context'
import { createCaches } from '@/lib/service/read/caches'
import { collectingState } from '@/lib/service/read/collecting-state'
import type { Store } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { newApp, storeWithApp } from '@/lib/store/testing/rows'
import { setCollecting } from './set-collecting'

const APP = newApp().id
const NOW = 1_795_000_000
const admin = {
  kind: 'person',
  id: 'p1',
  name: 'A',
  email: 'a@example.com',
  grants: [{ app: '*', role: 'admin' }],
  sessionIdHash: '',
} satisfies KnownPrincipal

describeStores('collecting for an app', (stores) => {
  let store: Store
  let paces: [string, number | null][]
  let parted: string[]
  let slowedAt: number | null

  beforeEach(async () => {
    store = await storeWithApp(stores)
    paces = []
    parted = []
    slowedAt = null
  })

  function context(lagS?: number): Context {
    const gateway = {
      pace: async (id: string, ms: number | null) => void paces.push([id, ms]),
      separate: async (id: string) => {
        parted.push(id)
        await store.apps.setMerged(id, false)
      },
      lanes: async () => [{ slowedAt, failures: [], pausedUntil: null, lastCallAt: null, problem: null }],
    }
    const clock = { dataS: () => NOW, wallMs: Date.now }
    return {
      store,
      gateway,
      archive: { progress: async () => [] },
      clock,
      caches: createCaches(clock),
      ...(lagS === undefined
        ? {}
        : { collector: { lagS: () => lagS, heartbeat: async () => ({ lagS, toLossS: null }) } }),
    } as unknown as Context
  }

  async function set(body: CollectingBody, ctx = context(0)) {
    return setCollecting(ctx, authorize(admin, 'admin', await store.apps.get(APP), body))
  }

  async function state(ctx: Context) {
    const app = await store.apps.get(APP)
    if (!app) throw new Error('no app')
    return collectingState(ctx, app)
  }

  test('a pause has its start, survives the process, and is audited with who made it', async () => {
    const reply = await set({ paused: true })
    expect(reply.collecting.state).toBe('paused')
    const since = reply.collecting.since
    await store.apps.upsert(newApp())
    expect(await state(context(0))).toEqual({ state: 'paused', since })
    expect((await set({ paused: true })).collecting.since).toBe(since)
    expect((await set({ paused: false })).collecting).toEqual({ state: 'collecting', since: null })
    const { items } = await store.audit.list({ limit: 9 })
    expect(items.map(({ actor, action, appId, detail }) => [actor, action, appId, detail])).toEqual([
      ['person:p1', 'app.collecting', APP, { paused: false }],
      ['person:p1', 'app.collecting', APP, { paused: true }],
      ['person:p1', 'app.collecting', APP, { paused: true }],
    ])
  })

  test('another pace reaches the gateway in milliseconds; absent fields stay', async () => {
    await set({ everyS: 5 })
    await set({ everyS: null })
    await set({})
    expect(paces).toEqual([
      [APP, 5_000],
      [APP, null],
    ])
    expect(parted).toEqual([])
  })

  test('calls of others are reported for a day, and until merged lanes are separated', async () => {
    slowedAt = Date.now() - 60_000
    expect((await set({})).crowded).toEqual({ at: new Date(slowedAt).toISOString(), together: false })
    slowedAt -= 2 * 86_400_000
    expect((await set({})).crowded).toBeNull()
    await store.apps.setMerged(APP, true)
    expect((await set({})).crowded?.together).toBe(true)
    expect((await set({ together: false })).crowded).toBeNull()
    expect(parted).toEqual([APP])
  })

  test('a stop outranks a pause, and late means more than two hours', async () => {
    expect((await state(context(2 * HOUR))).state).toBe('collecting')
    expect(await state(context(3 * HOUR))).toEqual({
      state: 'late',
      since: new Date((NOW - 3 * HOUR) * 1_000).toISOString(),
    })
    await store.apps.setPaused(APP, NOW)
    await store.apps.setStopped(APP, { code: 'upstream_credential', upstreamCode: null, at: NOW - 9 })
    expect(await state(context(0))).toEqual({ state: 'stopped', since: new Date((NOW - 9) * 1_000).toISOString() })
  })

  test('a replica that only serves reports the last heartbeat, and off without one', async () => {
    expect((await state(context())).state).toBe('off')
    await writeHeartbeat(store.settings, { at: NOW - 60, lagS: { [APP]: 3 * HOUR } })
    expect((await state(context())).state).toBe('late')
    await writeHeartbeat(store.settings, { at: NOW - 60, lagS: {} })
    expect((await state(context())).state).toBe('collecting')
    await writeHeartbeat(store.settings, { at: NOW - 400, lagS: {} })
    expect((await state(context())).state).toBe('off')
  })
})

describe('the settings', () => {
  test.each([{ everyS: 0 }, { everyS: 61 }, { everyS: 1.5 }, { together: true }, { paused: 'yes' }, { speed: 9 }])(
    'is not %j',
    (body) => {
      expect(collectingBody.safeParse(body).success).toBe(false)
    },
  )
})
