import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BY_COMMAND_LINE } from '@/lib/access/audit'
import { authorize } from '@/lib/access/authorize'
import type { DeviceRecord } from '@/lib/contract/records'
import { frozenDocument } from '@/lib/contract/shares/frozen'
import { OWN, type Served, served } from '@/lib/http/testing/served'
import { makeTraceKey, storeTrace } from '@/lib/service/read/stored-trace'
import { eraseFrom } from '@/lib/service/users/erase-user'
import { freeze } from './freeze'

const WHO = 'kim_min_ji'
const DEVICE = 'instance-90210'
const TOKEN = 'a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6'
const QUERY = { taskId: '655f2b1c_1400187352_1', userId: WHO }
const ADMIN = { kind: 'token', id: 't', name: 't', role: 'admin', apps: ['*'] } as const
const STEP = {
  status: 'failed',
  code: 410,
  text: `Unregistered: ${TOKEN} of ${WHO}`,
  at: 1_795_000_000,
  atText: '',
} as const

const device: DeviceRecord = {
  instance: DEVICE,
  pushedAt: 1_795_000_000,
  pushedAtText: '2026-11-18 18:40:00',
  model: 'Mi 12',
  system: 'Android',
  systemVersion: '13',
  vendor: 'xiaomi',
  channel: 'offline',
  token: TOKEN,
  certId: '31',
  sdkVersion: '8',
  pluginVersion: '8',
  notifications: 1,
  lastActive: true,
  im: null,
  offline: { offline: { ...STEP, status: 'ok', code: null, text: '' }, channel: STEP, device: null, click: null },
  online: null,
}

let server: Served
beforeAll(async () => {
  server = await served()
  const { ctx } = server.running
  const raw = JSON.stringify({ To_Account: WHO, Devices: [{ Token: TOKEN, InstanceId: DEVICE }] })
  const app = await ctx.store.apps.get(OWN)
  if (!app) throw new Error('no app')
  const answered = { kind: 'trace' as const, devices: [device], quarantined: [], raw }
  await storeTrace(ctx, app, makeTraceKey(ctx, QUERY), answered)
})
afterAll(() => server.end())

async function frozen(pseudonyms: boolean, query: object = QUERY) {
  const { ctx } = server.running
  const content = { kind: 'lookup', lookup: { query, pseudonyms } } as const
  return freeze(ctx, authorize(ADMIN, 'admin', await ctx.store.apps.get(OWN), content))
}

describe('a frozen look-up', () => {
  test('names neither the user nor a device nor a token, also not in the texts of Tencent', async () => {
    for (const pseudonyms of [false, true]) {
      const { text, people } = await frozen(pseudonyms)
      for (const id of [WHO, DEVICE, TOKEN, TOKEN.slice(0, 12)]) expect(text).not.toContain(id)
      expect(text).toContain('Unregistered')
      expect(people).toEqual([server.running.ctx.vault.hash('person', WHO)])
    }
  })

  test('gives each a name of its own where that is ticked, another in every link', async () => {
    const names = async () => {
      const { views } = frozenDocument.parse(JSON.parse((await frozen(true)).text))
      const [view] = views
      if (view?.page !== 'lookup') throw new Error('no look-up')
      return [view.trace.request.body.userId, view.trace.devices[0]?.instance]
    }
    const [first, second] = [await names(), await names()]
    expect(first[0]).toMatch(/^user-[0-9a-f]{8}$/)
    expect(first[1]).toMatch(/^device-[0-9a-f]{8}$/)
    expect(first).not.toEqual(second)
  })

  test('needs a look-up that is stored, and makes no call', async () => {
    await expect(frozen(true, { ...QUERY, userId: 'nobody' })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('is empty after the person was erased, and says so', async () => {
    const { ctx } = server.running
    const { text, sha256, people } = await frozen(true)
    const row = { id: 's', app_id: OWN, secret_hash: 'h', name: 'For the ticket', content: '{}', origins: '[]' }
    const times = { created_at: 1, ends_at: 9_000_000_000, frozen_at: 1 }
    await ctx.store.shares.create({ ...row, ...times, picture: 0, owner: 'person:a', frozen: text, sha256 }, people)
    const app = await ctx.store.apps.get(OWN)
    await eraseFrom(ctx, app ? [app] : [], WHO, BY_COMMAND_LINE)
    const after = frozenDocument.parse(JSON.parse((await ctx.store.shares.frozenOf('s')) ?? ''))
    expect(after).toMatchObject({ erased: true, views: [{ page: 'lookup', trace: { verdict: null, devices: [] } }] })
    const stored = await ctx.store.shares.byId('s')
    expect(stored?.erased_at).not.toBeNull()
    expect(stored?.sha256).not.toBe(sha256)
  })
})
