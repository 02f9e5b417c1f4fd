import 'server-only'
import { Kysely } from 'kysely'
import { createArchive } from '@/lib/archive/archive'
import type { LossRow, VendorCounts } from '@/lib/contract/records'
import type { Source } from '@/lib/contract/sources'
import type { Vendor } from '@/lib/contract/vendors'
import type { Gateway } from '@/lib/gateway/gateway'
import type { Context } from '@/lib/service/context'
import { createCaches } from '@/lib/service/read/caches'
import { migrate } from '@/lib/store/engine/migrate'
import type { Db } from '@/lib/store/engine/open'
import { sqliteDialect } from '@/lib/store/engine/sqlite'
import type { AppRow } from '@/lib/store/people/apps'
import { createStore, type Store } from '@/lib/store/store'
import { answer, DAY, HOUR, newApp } from '@/lib/store/testing/rows'
import { clockAt, realClock } from '@/lib/testing/clock'

/** Friday, 20 November 2026, 16:20 (+08:00). */
export const NOW = 1_795_162_800
/** The app's midnight before. */
export const MIDNIGHT = NOW - 16 * HOUR - 20 * 60
export const DAYS = 12
export const VENDORS: Vendor[] = ['apns', 'xiaomi', 'huawei', 'fcm']
/** What no shared view may contain. */
export const INTERNAL = 'internal: the discount was wrong'

export interface WorldTask {
  taskId: string
  label: string
  tags: string[]
  sentAt: number
}
export const TASKS: WorldTask[] = Array.from({ length: 9 }, (_, i) => ({
  taskId: `task-${i}`,
  label: `Label ${i}`,
  tags: [...(i % 2 === 0 ? ['spring'] : []), ...(i % 3 === 0 ? ['vip'] : [])],
  sentAt: NOW - (i * 36 + 3) * HOUR,
}))

export interface SharedWorld {
  ctx: Context
  store: Store
  app(): Promise<AppRow>
  /** How many requests reached the gateway. */
  requests(): number
  close(): Promise<void>
}

/** Opens an archive of twelve days of both sources, and nine campaigns. A gateway counts its requests and answers none. */
export async function openSharedWorld(): Promise<SharedWorld> {
  const db: Db = new Kysely({ dialect: await sqliteDialect(':memory:') })
  await migrate(db)
  const store = createStore(db, realClock)
  await store.apps.upsert(newApp())
  await fill(store)
  let requests = 0
  const gateway = {
    request() {
      requests += 1
      return { done: new Promise<never>(() => undefined), place: () => 1, etaMs: () => 1_000 }
    },
    problem: async () => null,
    lanes: async () => [],
  } as Partial<Gateway> as Gateway
  const clock = clockAt(NOW)
  const archive = createArchive({ store, gateway, clock })
  const parts = { store, gateway, archive, clock, caches: createCaches(clock), upstreamApp: (app: object) => app }
  return {
    ctx: parts as unknown as Context,
    store,
    async app() {
      const app = await store.apps.get(newApp().id)
      if (!app) throw new Error('no app')
      return app
    },
    requests: () => requests,
    close: () => store.close(),
  }
}

async function fill(store: Store): Promise<void> {
  for (let at = MIDNIGHT - DAYS * DAY; at + HOUR <= NOW; at += HOUR) {
    for (const source of ['task', 'chat'] as const) await saveSpan(store, source, '', at, at + HOUR, true)
  }
  await saveSpan(store, 'task', '', MIDNIGHT - 7 * DAY, MIDNIGHT, false)
  for (const { sentAt, ...task } of TASKS) {
    await store.tasks.put(newApp().id, task.taskId, () => ({
      ...task,
      appId: newApp().id,
      note: INTERNAL,
      sentAt,
      knownBy: 'api',
      createdAt: sentAt,
    }))
    const from = Math.floor(sentAt / HOUR) * HOUR
    await saveLife(store, task.taskId, from, sentAt)
  }
  const mark = { appId: newApp().id, source: 'task', stage: 'post_send', code: '410' } as const
  await store.knownReasons.put({ ...mark, until: NOW + DAY, note: INTERNAL, baseCount: null, baseDays: 0 })
}

/** Saves statistics and losses of a span, different in every vendor and span. */
async function saveSpan(store: Store, source: Source, task: string, from: number, to: number, kept: boolean) {
  const about = { source, task, from, to, kept, fetchedAt: Math.max(to + 60, NOW - 900), final: false }
  const counts = countsOf(`${source} ${from} ${to}`)
  await store.windows.save(answer({ ...about, counts }))
  await store.windows.save(answer({ ...about, metric: 'loss', counts: null, losses: lossesOf(counts) }))
}

async function saveLife(store: Store, task: string, from: number, sentAt: number) {
  for (const ageS of [2 * HOUR, NOW - 600 - sentAt]) {
    const counts = countsOf(`${task} ${ageS}`)
    const about = { task, from, kept: true, life: true, fetchedAt: sentAt + ageS }
    await store.windows.save(answer({ ...about, to: from + 30 * DAY, counts }))
    const loss = { ...about, to: from + 7 * DAY, life: false, metric: 'loss' as const }
    await store.windows.save(answer({ ...loss, counts: null, losses: lossesOf(counts) }))
  }
}

function countsOf(seed: string) {
  const random = randomOf(seed)
  const rows = VENDORS.map((vendor): VendorCounts => {
    const sendable = 300 + Math.floor(random() * 2_000)
    const sent = Math.floor(sendable * (0.8 + random() * 0.2))
    const delivered = vendor === 'fcm' ? 0 : Math.floor(sent * (0.6 + random() * 0.3))
    return { vendor, channel: 'offline', sendable, sent, delivered, clicked: Math.floor(delivered * random() * 0.1) }
  })
  const sum = (key: 'sendable' | 'sent' | 'delivered' | 'clicked') =>
    rows.reduce((all, row) => all + (row[key] ?? 0), 0)
  // Tencent's own total is larger than the sum of its rows.
  const total = {
    sendable: sum('sendable') + 9,
    sent: sum('sent') + 5,
    delivered: sum('delivered') + 2,
    clicked: sum('clicked'),
  }
  return { total, rows }
}

function lossesOf({ rows }: ReturnType<typeof countsOf>): LossRow[] {
  const lost = (stage: LossRow['stage'], code: string, text: string, part: number) => {
    const own = rows.map((row): LossRow => {
      const gone =
        stage === 'ready_to_send' ? (row.sendable ?? 0) - (row.sent ?? 0) : (row.sent ?? 0) - (row.delivered ?? 0)
      return { stage, vendor: row.vendor, channel: row.channel, code, text, count: Math.floor(gone * part) }
    })
    const count = own.reduce((all, one) => all + (one.count ?? 0), 0) + 1
    return [{ stage, vendor: null, channel: null, code, text, count } as LossRow, ...own]
  }
  return [
    ...lost('ready_to_send', '10101', 'no token was uploaded', 0.5),
    ...lost('post_send', '410', 'Unregistered', 0.4),
    ...lost('post_send', '20301', 'the token does not exist', 0.2),
  ]
}

/** Returns numbers in [0, 1) that depend on the seed alone. */
export function randomOf(seed: string): () => number {
  let state = 2_166_136_261
  for (const char of seed) state = Math.imul(state ^ char.charCodeAt(0), 16_777_619)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
