import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startEmulator } from '@/emulator/start'
import { authorize } from '@/lib/access/authorize'
import { compose, type Running } from '@/lib/context'
import { type BulkQuery, bulkQuery, bulkReply } from '@/lib/contract/bulk'
import { DAY, MAX_LOOKUP_TEXT } from '@/lib/contract/limits'
import { readEnv } from '@/lib/env'
import { openAddress } from '@/lib/service/read/sealed-address'
import { openLookup, recogniseText } from '@/lib/service/read/sealed-lookup'
import { laterBy } from '@/lib/testing/clock'
import { bulkCsv } from './bulk-csv'
import { bulkTraces } from './bulk-traces'
import { linkToLookup } from './link-to-lookup'
import { lookUp } from './look-up'

/** Single and bulk look-ups with a real store and real lanes. The emulator counts the requests. */
const APP = '1400187352'
const OTHER = '1600119377'
const folder = mkdtempSync(join(tmpdir(), 'pl-box-'))
const token = { kind: 'token', id: 't', name: 't', role: 'support', apps: ['*'] } as const
let emulator: Awaited<ReturnType<typeof startEmulator>>
let running: Running
let cases: { case: string; pushId?: string; taskId?: string; userId: string }[]

const control = async (path: string, init?: RequestInit) => (await fetch(`${emulator.controlUrl}${path}`, init)).json()
const arrivals = async (): Promise<number> => (await control('/arrivals')).items.length

beforeAll(async () => {
  const env = {
    DATABASE_URL: `sqlite:${folder}/pushlens.db`,
    ADMIN_EMAIL: 'admin@example.com',
    ADMIN_PASSWORD: 'a lighthouse keeps no secrets 9',
    TIM_SECRET_KEY: 'a-secret-key-for-the-box-tests',
    UPSTREAM_SPACING_MS: '5',
    COLLECTOR: 'off',
    LOG_LEVEL: 'silent',
  }
  emulator = await startEmulator({
    apps: [{ sdkAppId: Number(APP), key: env.TIM_SECRET_KEY, admins: ['administrator'] }],
    spacingMs: 5,
  })
  const start = (sdkAppId: string, name: string) =>
    compose(readEnv({ ...env, TIM_SDKAPPID: sdkAppId, TIM_NAME: name, TIM_BASE_URL: emulator.url }))
  await (await start(OTHER, 'Other shop')).stop()
  running = await start(APP, 'Shop')
  cases = (await control('/truth/pushes?limit=4')).items
})
beforeEach(() => control('/arrivals/reset', { method: 'POST' }))
afterAll(async () => {
  await running.stop()
  await emulator.stop()
  rmSync(folder, { recursive: true })
})

async function scoped<Q>(query: Q) {
  return authorize(token, 'trace', await running.ctx.store.apps.get(APP), query)
}
const later = (days: number) => ({ ...running.ctx, clock: laterBy(running.ctx.clock, days * DAY) })
const lead = async (text: string) => new URL((await linkToLookup(running.ctx, await scoped({ text }))).href, 'http://x')

/** Returns what the look-up page shows for a text. */
async function page(text: string, { anyway = false, ctx = running.ctx } = {}) {
  const scope = await scoped(null)
  const state = recogniseText(ctx, scope.app, text)
  if (!('text' in state)) throw new Error('a list')
  return lookUp(ctx, authorize(token, 'trace', scope.app, { state, anyway, foreign: false }))
}
const pushes = () => [...new Set(cases.flatMap(({ pushId }) => pushId ?? []))]
const pairs = () => {
  const all = cases.flatMap(({ taskId, userId, case: name }) =>
    taskId && name !== 'unknown user' ? [{ taskId, userId }] : [],
  )
  return [...new Map(all.map((pair) => [`${pair.taskId} ${pair.userId}`, pair])).values()]
}
const nineDaysAgo = () => (running.ctx.clock.dataS() - 9 * DAY).toString(16)

describe('a pasted text leads', () => {
  test('to an address that contains no readable ID of a person, and opens again', async () => {
    const text = `${pairs()[0]?.taskId} kim_min_ji`
    const href = await lead(text)
    expect(href.pathname).toBe('/lookup')
    expect(decodeURIComponent(href.search)).not.toContain('kim_min_ji')
    const { app } = await scoped(null)
    const opened = openLookup(running.ctx, app, href.searchParams.get('k') ?? '')
    expect(opened).toMatchObject({
      text,
      seen: { sure: true, candidates: [{ kind: 'task_user', userId: 'kim_min_ji' }] },
    })
  })

  test('to the page of a code, and for an unknown number that may be an account to a choice', async () => {
    expect((await lead('regid_invalid')).pathname).toBe('/losses/code')
    expect((await lead('errcode=-1')).searchParams.get('code')).toBe('-1')
    expect((await lead('10302')).pathname).toBe('/losses/code')
    expect((await lead('7777777')).pathname).toBe('/lookup')
    expect((await page('7777777')).hrefs).toHaveLength(2)
  })

  test('to an address that the front door accepts, whatever was pasted', async () => {
    for (const text of [
      'x y '.repeat(4_900),
      '가'.repeat(6_000),
      'a'.repeat(2 * MAX_LOOKUP_TEXT),
      `${pushes()[0]} ${'오 '.repeat(3_000)}`,
    ]) {
      const { pathname, search } = await lead(text)
      expect((pathname + search).length).toBeLessThan(4_000)
    }
  })

  test('to the same answer if it is one of our addresses', async () => {
    const href = await lead(pushes()[0] ?? '')
    const { trace } = await page(`please see https://push.example.com${href.pathname}${href.search} thanks`)
    expect(trace?.query).toEqual({ pushId: pushes()[0] })
  })

  test('to the same page if it is the address of a user', async () => {
    const page = await lead('userid: min.ji@example.com')
    expect(page.pathname).toMatch(/^\/lookup\/user\/s1\./)
    const again = await lead(`see https://push.example.com${page.pathname}${page.search}`)
    const { app } = await scoped(null)
    const ref = again.pathname.split('/').at(-1) ?? ''
    expect(openAddress(running.ctx, app, 'user', ref)).toBe('min.ji@example.com')
  })

  test('to an explanation if it is a shortened address, or one of another app', async () => {
    const { app } = await scoped(null)
    const k = (await lead('kim')).searchParams.get('k') ?? ''
    const junk = { kind: 'junk', why: 'link' }
    expect(openLookup(running.ctx, app, k.slice(0, -4)).seen).toEqual(junk)
    const other = await running.ctx.store.apps.get(OTHER)
    expect(other && openLookup(running.ctx, other, k).seen).toEqual(junk)
  })

  test('without any request to Tencent', async () => {
    for (const text of [pushes()[0] ?? '', 'kim', '-1', '']) await lead(text)
    expect(await arrivals()).toBe(0)
  })
})

describe('the look-up page', () => {
  test('requests a trace at once if the ID looks right', async () => {
    const [, id = ''] = pushes()
    expect((await page(id)).trace?.reply.freshness.state).toBe('pending')
    await expect.poll(async () => (await page(id)).trace?.reply.verdict?.text).toBeTruthy()
    expect(await arrivals()).toBe(1)
  })

  test.each([
    ['another app’s TaskID', () => (pairs()[0]?.taskId ?? '').replace('537529d8', '5f5fe251'), 'other_app'],
    ['a push of nine days ago', () => `${nineDaysAgo()}_537529d8_2000005e80aa873_2780d131_bc614e`, 'too_old'],
    ['a MsgKey', () => '48374_2837546_1557481126', 'not_push_id'],
  ])('requests nothing about %s before a second confirmation', async (_, id, objection) => {
    const text = objection === 'not_push_id' ? id() : `TaskID: ${id()} UserID: kim`
    const first = await page(text)
    expect(first).toMatchObject({
      trace: null,
      seen: { candidates: [{ objections: expect.arrayContaining([objection]) }] },
    })
    expect(first.anyway).toContain('anyway=1')
    expect(await arrivals()).toBe(0)
    const second = await page(text, { anyway: true })
    expect(second.trace).not.toBeNull()
    await expect.poll(arrivals).toBe(1)
  })

  test('links to the app that the ID belongs to, sealed for it', async () => {
    const taskId = (pairs()[0]?.taskId ?? '').replace('537529d8', '5f5fe251')
    const { elsewhere } = await page(`${taskId} kim`)
    expect(elsewhere?.name).toBe('Other shop')
    const href = new URL(elsewhere?.href ?? '', 'http://x')
    expect(href.searchParams.get('app')).toBe(OTHER)
    const other = await running.ctx.store.apps.get(OTHER)
    const opened = other && openLookup(running.ctx, other, href.searchParams.get('k') ?? '')
    expect(opened?.seen).toMatchObject({ candidates: [{ taskId, userId: 'kim', objections: [] }] })
  })

  test('opens a stored trace after Tencent has forgotten it, without objections', async () => {
    const [, held = '', unseen = ''] = pushes()
    await expect.poll(async () => (await page(held)).trace?.reply.verdict).toBeTruthy()
    const kept = await page(held, { ctx: later(9) })
    expect(kept.trace?.reply).toMatchObject({ origin: 'archive' })
    expect(kept.seen).toMatchObject({ candidates: [{ objections: [] }] })
    expect(await page(unseen, { ctx: later(9) })).toMatchObject({
      trace: null,
      seen: { candidates: [{ objections: ['too_old'] }] },
    })
  })
})

describe('a bulk look-up', () => {
  const ask = async (query: BulkQuery, waitMs = 3_000) =>
    bulkReply.parse(await bulkTraces(running.ctx, await scoped(bulkQuery.parse(query)), waitMs))
  /** Polls with the items that still wait, as the page does. */
  async function whole(items: NonNullable<BulkQuery['items']>) {
    for (let turn = 0; turn < 40; turn++) {
      const reply = await ask({ items })
      if (reply.rows.every(({ state }) => state !== 'waiting')) return reply
    }
    throw new Error('still waiting')
  }

  test('of a pasted list is sealed, and opens in the same order', async () => {
    const people = ['kim_1', 'lee_2', 'park_3']
    const href = await lead([pairs()[0]?.taskId, ...people].join('\n'))
    expect([href.pathname, href.search]).toEqual(['/lookup/bulk', '?app=1400187352'])
    expect(href.hash).not.toContain('kim_1')
    const { rows } = await ask({ list: href.hash.slice(1), ask: false })
    expect(rows.map(({ item }) => 'userId' in item && item.userId)).toEqual(people)
    expect(await arrivals()).toBe(0)
  })

  test('fills a few at a time, and reports its place and the remaining time', async () => {
    const items = pairs().slice(4, 12)
    const first = await ask({ items }, 0)
    expect(first.rows.every(({ state }) => state === 'waiting')).toBe(true)
    expect(first.place).toBeGreaterThan(0)
    expect(first.etaMs).toBeGreaterThan(8 * 5)
    const last = await whole(items)
    expect(last.rows.map(({ state }) => state)).not.toContain('waiting')
    expect([last.place, last.etaMs]).toEqual([null, null])
    expect(last.rows.filter(({ state }) => state === 'done').every(({ verdict }) => verdict !== null)).toBe(true)
    expect(await arrivals()).toBe(items.length)
  })

  test('that is not polled again makes no further calls', async () => {
    await ask(
      {
        items: pushes()
          .slice(4, 16)
          .map((pushId) => ({ pushId })),
      },
      500,
    )
    expect(await arrivals()).toBeLessThanOrEqual(4)
  })

  test('lets a single look-up go first', async () => {
    const chats = pushes().map((pushId) => ({ pushId }))
    const items = chats.slice(-9, -1)
    expect((await ask({ items }, 0)).rows.some(({ state }) => state === 'waiting')).toBe(true)
    const { trace } = await page(chats.at(-10)?.pushId ?? '')
    expect(trace?.reply.freshness.place).toBe(1)
    await whole(items)
  })

  test('that is stored makes no calls, and each look-up is audited once', async () => {
    const items = pairs().slice(0, 3)
    await whole(items)
    const before = (await running.ctx.store.audit.list({ limit: 200 })).items.length
    await control('/arrivals/reset', { method: 'POST' })
    await whole(items)
    expect(await arrivals()).toBe(0)
    expect((await running.ctx.store.audit.list({ limit: 200 })).items).toHaveLength(before)
  })

  test('reports a user unknown to Tencent after one request', async () => {
    const { taskId = '' } = pairs()[0] ?? {}
    const items = [{ taskId, userId: 'nobody_at_all' }]
    const { rows } = await whole(items)
    expect(rows[0]).toMatchObject({ state: 'refused', problem: { code: 'upstream_unknown_user', upstreamCode: 90103 } })
    await whole(items)
    expect(await arrivals()).toBe(1)
  })

  test('holds back an item whose ID looks wrong, until it is requested anyway', async () => {
    const [pushId = ''] = pushes().slice(-1)
    const old = { pushId: `${nineDaysAgo()}${pushId.slice(8)}` }
    expect((await ask({ items: [old] })).rows[0]).toMatchObject({ state: 'held_back', objections: ['too_old'] })
    expect(await arrivals()).toBe(0)
    await ask({ items: [old], anyway: true })
    expect(await arrivals()).toBe(1)
  })

  test('is available as CSV, in which no ID is a formula', async () => {
    const [first] = pairs()
    const reply = await whole([first ?? {}])
    const formula = { ...reply, rows: reply.rows.map((row) => ({ ...row, item: { taskId: 'a', userId: '=cmd()' } })) }
    const [head, line] = bulkCsv(formula, { demo: true }).split('\r\n')
    expect(head).toMatch(/^push_id,task_id,user_id,/)
    expect(line).toContain(`,a,"'=cmd()",`)
    expect(line).toContain('Demo, invented data')
  })

  test('of more than 50 items, of another app, or of nothing is refused', async () => {
    const many = Array.from({ length: 51 }, (_, n) => ({ pushId: `p${n}` }))
    for (const query of [{ items: many }, { items: [] }, {}, { list: 'x', items: [{ pushId: 'p' }] }]) {
      expect(bulkQuery.safeParse(query).success).toBe(false)
    }
    await expect(ask({ list: 's1.stranger' })).rejects.toMatchObject({ code: 'bad_request' })
  })
})
