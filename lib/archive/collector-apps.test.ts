import { Kysely } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DAY } from '@/lib/contract/limits'
import { systemTimers } from '@/lib/gateway/timers'
import { migrate } from '@/lib/store/engine/migrate'
import type { Db } from '@/lib/store/engine/open'
import { sqliteDialect } from '@/lib/store/engine/sqlite'
import { createStore, type Store } from '@/lib/store/store'
import { newApp } from '@/lib/store/testing/rows'
import { realClock } from '@/lib/testing/clock'
import type { WindowRequest } from './archive'
import { type Collector, createCollector } from './collector'
import { NOW } from './testing/archive-env'

/** Apps that another process adds and changes: the command line, another replica. The collector reads the rows each round. */
let store: Store
let collector: Collector
let asked: WindowRequest[]
let rounds: number

beforeEach(async () => {
  const db: Db = new Kysely({ dialect: await sqliteDialect(':memory:') })
  await migrate(db)
  store = createStore(db, realClock)
  asked = []
  rounds = 0
  collector = createCollector({
    store,
    // Calls stay under way, so that each app asks once.
    archive: {
      fetch(request) {
        asked.push(request)
        return { done: new Promise(() => undefined), place: () => 1, etaMs: () => null }
      },
      lives: {} as never,
    },
    upstreamApp: (app) => ({ ...app, secretKey: async () => 'key' }),
    clock: { dataS: () => NOW },
    timers: {
      ...systemTimers,
      sleep(ms, signal) {
        rounds += 1
        return systemTimers.sleep(Math.min(ms, 2), signal)
      },
    },
  })
  collector.start()
})

afterEach(async () => {
  await collector.stop()
  await store.close()
})

const askedFor = () => [...new Set(asked.map(({ app }) => app.id))].sort()

async function afterRounds(): Promise<string[]> {
  const seen = rounds
  await expect.poll(() => rounds - seen).toBeGreaterThan(2)
  return askedFor()
}

test('a new app is collected, a draft only when it is started', async () => {
  await store.apps.upsert(newApp({ id: 'a' }))
  await store.apps.upsert(newApp({ id: 'b', draft: true }))
  expect(await afterRounds()).toEqual(['a'])
  await store.apps.update('b', { draft: false, fillFrom: NOW - DAY })
  expect(await afterRounds()).toEqual(['a', 'b'])
  const begins = asked.filter(({ app }) => app.id === 'b').map(({ window }) => window.from)
  expect(Math.min(...begins)).toBeGreaterThanOrEqual(NOW - DAY)
})

test('a paused and a removed app are left alone, until they come back', async () => {
  for (const id of ['a', 'b']) {
    await store.apps.upsert(newApp({ id }))
    await store.apps.setPaused(id, NOW)
  }
  await store.apps.remove('b', NOW)
  expect(await afterRounds()).toEqual([])
  await store.apps.setPaused('a', null)
  expect(await afterRounds()).toEqual(['a'])
  await store.apps.upsert(newApp({ id: 'b' }))
  await store.apps.setPaused('b', null)
  expect(await afterRounds()).toEqual(['a', 'b'])
})

test('a changed app is called with its new administrator and region', async () => {
  await store.apps.upsert(newApp({ id: 'a', region: 'china' }))
  await store.apps.setPaused('a', NOW)
  await afterRounds()
  await store.apps.update('a', { adminId: 'second', region: 'tokyo' })
  await store.apps.setPaused('a', null)
  await afterRounds()
  expect(asked.length).toBeGreaterThan(0)
  expect(new Set(asked.map(({ app }) => `${app.adminId} ${app.region}`))).toEqual(new Set(['second tokyo']))
})
