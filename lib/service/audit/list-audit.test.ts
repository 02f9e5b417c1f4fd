import { expect, test } from 'vitest'
import { actorOf, countFailedSignIn, recordAudit, recordAuditAs } from '@/lib/access/audit'
import type { Principal } from '@/lib/access/principal'
import { auditQuery, failedSignInsQuery } from '@/lib/contract/access/audit'
import type { Context } from '@/lib/service/context'
import { createCaches } from '@/lib/service/read/caches'
import { createStore } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { DAY, newApp, T0 } from '@/lib/store/testing/rows'
import { auditCsv } from './audit-csv'
import { auditChoices, listAudit } from './list-audit'
import { listFailedSignIns } from './list-failed-sign-ins'

const owner: Principal = {
  kind: 'person',
  id: 'ann',
  name: 'Ann',
  email: 'ann@example.com',
  grants: [{ app: '*', role: 'admin' }],
  sessionIdHash: '',
  network: '203.0.113.0/24',
}
const person = (id: string, name: string) => ({
  person: {
    id,
    name,
    email: `${id}@example.com`,
    password_hash: null,
    totp_sealed: null,
    disabled_at: null,
    created_at: 1,
  },
  grants: [],
})

describeStores('the audit', ({ open }) => {
  async function env() {
    let nowMs = T0 * 1_000
    const clock = { wallMs: () => nowMs, dataS: () => Math.floor(nowMs / 1_000) }
    const store = createStore(await open(), clock)
    for (const one of [person('ann', 'Ann'), person('kim', 'Kim')]) await store.people.create(one)
    await store.apps.upsert(newApp({ id: '14', name: 'Lunch' }))
    const ctx = { store, clock, caches: createCaches(clock) }
    return {
      ctx: ctx as unknown as Context,
      deps: { audit: store.audit, clock },
      at: (seconds: number) => {
        nowMs = (T0 + seconds) * 1_000
      },
    }
  }
  const ask = (ctx: Context, query: object = {}, who: Principal = owner) => listAudit(ctx, who, auditQuery.parse(query))

  test('names people, tokens and apps, and says from which network', async () => {
    const { ctx, deps } = await env()
    const token = {
      id: 't1',
      name: 'Nightly',
      token_hash: 'h',
      role: 'viewer',
      apps: '["*"]',
      created_by: 'ann',
      created_at: 1,
    }
    await ctx.store.tokens.create({ ...token, expires_at: null, revoked_at: null, last_used_at: null })
    await recordAudit(ctx, { app: { id: '14' }, principal: owner }, 'app.check')
    await recordAuditAs(deps, {
      address: null,
      actor: 'command line',
      action: 'person.add',
      detail: { person: 'kim', role: 'viewer' },
    })
    await recordAuditAs(deps, { address: null, actor: 'token:t1', action: 'task.put', appId: '99' })
    await recordAuditAs(deps, { address: null, actor: 'person:gone', action: 'token.create', detail: { token: 't1' } })
    const { items, chain } = await ask(ctx)
    expect(items).toMatchObject([
      { actor: { kind: 'person', id: 'gone', name: null }, subject: { kind: 'token', name: 'Nightly' }, network: null },
      { actor: { kind: 'token', name: 'Nightly' }, app: { id: '99', name: null }, subject: null },
      { actor: { kind: 'command line' }, subject: { kind: 'person', id: 'kim', name: 'Kim' }, app: null },
      { actor: { kind: 'person', name: 'Ann' }, app: { id: '14', name: 'Lunch' }, network: '203.0.113.0/24' },
    ])
    expect(items.map(({ at }) => at)).toEqual(Array(4).fill('2026-01-01T00:00:00.000Z'))
    expect(chain).toEqual({ entries: 4, broken: null })
    const [head, first] = auditCsv({ items, next: null, chain }, { demo: false }).split('\r\n')
    expect(head).toBe('id,at,actor,actor_kind,actor_id,action,app,subject,subject_hash,detail,network,note')
    expect(first).toBe('4,2026-01-01T00:00:00.000Z,gone,person,gone,token.create,,Nightly,,"{""token"":""t1""}",,')
  })

  test('is filtered by actor, action, app and time, and read page by page', async () => {
    const { ctx, deps, at } = await env()
    for (const [i, action] of (['sign_in', 'task.put', 'sign_in', 'task.put', 'sign_out'] as const).entries()) {
      at(i * DAY)
      const actor = actorOf({ kind: 'person', id: i % 2 ? 'kim' : 'ann' })
      await recordAuditAs(deps, { actor, address: null, action, appId: i === 3 ? '14' : null })
    }
    const ids = async (query: object) => (await ask(ctx, query)).items.map(({ id }) => id)
    expect(await ids({ actor: 'person:kim' })).toEqual([4, 2])
    expect(await ids({ action: 'sign_in', actor: '' })).toEqual([3, 1])
    expect(await ids({ app: '14' })).toEqual([4])
    expect(await ids({ from: '2026-01-02', to: '2026-01-04' })).toEqual([3, 2])
    expect(await ids({ from: '2026-01-02', to: '2026-01-04', tz: 'Asia/Shanghai' })).toEqual([3, 2])
    expect(await ids({ to: String(T0 + 1) })).toEqual([])
    const first = await ask(ctx, { limit: '2' })
    const second = await ask(ctx, { limit: '2', cursor: first.next })
    expect([first, second].map(({ items }) => items.map(({ id }) => id))).toEqual([
      [5, 4],
      [3, 2],
    ])
    expect((await ask(ctx, { limit: '2', cursor: second.next })).next).toBeNull()
    await expect(ask(ctx, { from: '2026-01-04', to: '2026-01-02' })).rejects.toMatchObject({ field: 'to' })
    expect(await auditChoices(ctx, owner)).toMatchObject({
      actors: [{ name: 'Ann' }, { name: 'Kim' }],
      actions: ['sign_in', 'sign_out', 'task.put'],
    })
  })

  test('is refused to everybody who does not administer all apps', async () => {
    const { ctx } = await env()
    const ofOne: Principal = { ...owner, grants: [{ app: '14', role: 'admin' }] }
    const failed = failedSignInsQuery.parse({})
    for (const [who, code] of [
      [ofOne, 'forbidden'],
      [{ kind: 'anonymous' }, 'not_signed_in'],
    ] as const) {
      await expect(ask(ctx, {}, who)).rejects.toMatchObject({ code })
      await expect(auditChoices(ctx, who)).rejects.toMatchObject({ code })
      await expect(listFailedSignIns(ctx, who, failed)).rejects.toMatchObject({ code })
    }
  })

  test('shows failed sign-ins per hour, account and network, with names', async () => {
    const { ctx, deps, at } = await env()
    await countFailedSignIn(deps, { personId: 'kim', address: '198.51.100.7' })
    await countFailedSignIn(deps, { personId: 'kim', address: '198.51.100.9' })
    at(7_300)
    await countFailedSignIn(deps, { personId: null, address: 'unknown' })
    const { items } = await listFailedSignIns(ctx, owner, failedSignInsQuery.parse({}))
    expect(items).toEqual([
      { hour: '2026-01-01T02:00:00.000Z', person: null, network: 'unknown', count: 1 },
      { hour: '2026-01-01T00:00:00.000Z', person: { id: 'kim', name: 'Kim' }, network: '198.51.100.0/24', count: 2 },
    ])
    expect((await ask(ctx)).items).toEqual([])
  })
})
