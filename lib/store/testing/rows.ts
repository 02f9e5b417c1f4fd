import 'server-only'
import type { AppRow, NewApp } from '@/lib/store/people/apps'
import { createStore, type Store } from '@/lib/store/store'
import type { WindowAnswer } from '@/lib/store/windows/window-save'
import { realClock } from '@/lib/testing/clock'
import type { Stores } from './database'

export const HOUR = 3_600
export const DAY = 86_400
/** Midnight of 1 January 2026, UTC. */
export const T0 = 1_767_225_600

export function newApp(over: Partial<NewApp> = {}): NewApp {
  return {
    id: '1400000001',
    sdkAppId: 1_400_000_001,
    name: 'Lunch',
    region: 'singapore',
    baseUrl: null,
    adminId: 'administrator',
    utcOffsetMin: 480,
    origin: 'environment',
    demo: false,
    key: { dataKey: 'wrapped-1', sealed: 'sealed-1', fingerprint: 'f1' },
    createdAt: T0,
    ...over,
  }
}

/** Returns the row of an app to which nothing has happened yet. */
export function appRow(id: string): AppRow {
  const unchanged = {
    lanesMerged: false,
    archiveRevision: 0,
    stopped: null,
    pausedAt: null,
    spacingMs: null,
    byDay: false,
    draft: false,
    fillFrom: null,
    channelNames: {},
  }
  return { ...newApp({ id }), ...unchanged }
}

/** Opens a fresh store with one app. */
export async function storeWithApp(stores: Pick<Stores, 'open'>): Promise<Store> {
  const store = createStore(await stores.open(), realClock)
  await store.apps.upsert(newApp())
  return store
}

/** Returns an answer with an hour's statistics, fetched a minute after the hour. */
export function answer(over: Partial<WindowAnswer> = {}): WindowAnswer {
  return {
    appId: '1400000001',
    source: 'task',
    metric: 'statistics',
    task: '',
    from: T0,
    to: T0 + HOUR,
    fetchedAt: T0 + HOUR + 60,
    raw: '{"ErrorCode":0}',
    unreadable: 0,
    absent: [],
    counts: sent(100),
    losses: null,
    ...over,
  }
}

/** Returns the counts of one vendor: `n` sent, half of them delivered, clicks unknown in the total. */
export function sent(n: number, delivered = n / 2): NonNullable<WindowAnswer['counts']> {
  return {
    total: { sendable: n, sent: n, delivered, clicked: null },
    rows: [{ vendor: 'apns', channel: 'offline', sendable: n, sent: n, delivered, clicked: 0 }],
  }
}
