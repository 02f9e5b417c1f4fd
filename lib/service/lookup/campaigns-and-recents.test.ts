import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { authorize } from '@/lib/access/authorize'
import { compose, type Running } from '@/lib/context'
import { DAY } from '@/lib/contract/limits'
import { readEnv } from '@/lib/env'
import { openAddress } from '@/lib/service/read/sealed-address'
import { recogniseText } from '@/lib/service/read/sealed-lookup'
import { linkToLookup } from './link-to-lookup'
import { linkToUser } from './link-to-user'
import { lookUp } from './look-up'
import { openRecents } from './open-recents'

/** What needs no answer of Tencent: the choice of a campaign, and the names of recent look-ups. */
const APP = '1400187352'
const folder = mkdtempSync(join(tmpdir(), 'pl-choice-'))
let running: Running

beforeAll(async () => {
  const env = readEnv({
    DATABASE_URL: `sqlite:${folder}/pushlens.db`,
    ADMIN_EMAIL: 'admin@example.com',
    ADMIN_PASSWORD: 'a lighthouse keeps no secrets 9',
    TIM_SDKAPPID: APP,
    TIM_SECRET_KEY: 'a-secret-key-for-the-choice-tests',
    TIM_NAME: 'Shop',
    COLLECTOR: 'off',
    LOG_LEVEL: 'silent',
  })
  running = await compose(env)
  const nowS = running.ctx.clock.dataS()
  const task = { appId: APP, knownBy: 'import' as const, createdAt: nowS, tags: [], note: '' }
  const tasks = [
    { ...task, taskId: 'lunch_1', label: 'Lunch', sentAt: nowS - DAY },
    { ...task, taskId: 'dinner_2', label: 'Dinner', sentAt: nowS - 2 * DAY, note: 'tested with kim@example.com' },
    { ...task, taskId: 'old_3', label: 'Old', sentAt: nowS - 9 * DAY },
  ]
  for (const one of tasks) await running.ctx.store.tasks.put(APP, one.taskId, () => one)
})
afterAll(async () => {
  await running.stop()
  rmSync(folder, { recursive: true })
})

const person = (id: string) => ({ kind: 'token', id, name: id, role: 'support', apps: ['*'] }) as const
async function scoped<Q>(query: Q, id = 'ann') {
  return authorize(person(id), 'trace', await running.ctx.store.apps.get(APP), query)
}
async function page(text: string) {
  const { app } = await scoped(null)
  const state = recogniseText(running.ctx, app, text)
  if (!('text' in state)) throw new Error('a list')
  return lookUp(running.ctx, await scoped({ state, anyway: false, foreign: false }))
}

describe('several UserIDs without a campaign', () => {
  test('offer the campaigns that Tencent still traces, newest first', async () => {
    const { campaigns } = await page('kim_01\nlee_02')
    expect(campaigns?.map(({ label }) => label)).toEqual(['Lunch', 'Dinner'])
  })

  test('each opens all users in that campaign, and no address shows a UserID', async () => {
    const { campaigns } = await page('kim_01\nlee_02')
    const href = campaigns?.[0]?.href ?? ''
    expect(href).toMatch(/^\/lookup\/bulk#s1\./)
    expect(href).not.toContain('kim_01')
    const { app } = await scoped(null)
    expect(JSON.parse(openAddress(running.ctx, app, 'list', href.split('#')[1] ?? '') ?? '')).toEqual({
      items: ['kim_01', 'lee_02'].map((userId) => ({ taskId: 'lunch_1', userId })),
      leftOut: 0,
    })
  })
})

describe('an e-mail address', () => {
  test('offers the user and the campaigns that contain it, before a page opens', async () => {
    const { href } = await linkToLookup(running.ctx, await scoped({ text: 'kim@example.com' }))
    expect(href).toMatch(/^\/lookup\?k=s1\./)
    const { seen, hrefs, campaigns } = await page('kim@example.com')
    expect(seen).toMatchObject({ sure: false, candidates: [{ kind: 'user', userId: 'kim@example.com' }] })
    expect(hrefs[0]).toMatch(/^\/lookup\/user\/s1\./)
    expect(campaigns).toMatchObject([{ taskId: 'dinner_2', href: '/campaigns?q=dinner_2' }])
  })

  test('with the name of a field is a user', async () => {
    const { href } = await linkToLookup(running.ctx, await scoped({ text: 'userid=kim@example.com' }))
    expect(href).toMatch(/^\/lookup\/user\/s1\./)
  })
})

test('the page of a code leads to the user of the same name, for a code that can be one', async () => {
  const user = async (code: string) => linkToUser(running.ctx, await scoped({ code }))
  expect(await user('10302')).toMatch(/^\/lookup\/user\/s1\./)
  expect(await user('-1')).toBeNull()
  expect(await user('daily quota')).toBeNull()
})

describe('a recent look-up', () => {
  const recentOf = async (text: string, id = 'ann') => {
    const { recent } = await linkToLookup(running.ctx, await scoped({ text }, id))
    if (!recent) throw new Error('nothing was recognised')
    return recent
  }
  const open = async (sealed: string[], id: string) =>
    (await openRecents(running.ctx, await scoped({ sealed }, id))).labels

  test('is readable by the person who made it, and by nobody else', async () => {
    const { sealed } = await recentOf('kim_min_ji')
    expect(await open([sealed], 'ann')).toEqual(['kim_min_ji'])
    expect(await open([sealed, 'junk'], 'bob')).toEqual([null, null])
  })

  test('tells the browser no ID of a user', async () => {
    const reply = await linkToLookup(running.ctx, await scoped({ text: 'kim_min_ji' }))
    expect(JSON.stringify(reply)).not.toContain('kim')
  })

  test('has one ID for the same look-up of the same person', async () => {
    const first = await recentOf('kim_min_ji')
    expect((await recentOf('kim_min_ji')).id).toBe(first.id)
    expect((await recentOf('lee_01')).id).not.toBe(first.id)
    expect((await recentOf('kim_min_ji', 'bob')).id).not.toBe(first.id)
  })
})

test('a campaign whose ID names a time in the future is offered by the time it was added', async () => {
  const { store, clock } = running.ctx
  const nowS = clock.dataS()
  const taskId = `batch_${(nowS + 30 * DAY).toString(16)}_53942bc0_2000005e80aa873_d03ac87_1`
  const task = { appId: APP, knownBy: 'import' as const, createdAt: nowS, tags: [], note: '', sentAt: null }
  await store.tasks.put(APP, taskId, () => ({ ...task, taskId, label: 'Undated' }))
  const { campaigns } = await page('kim_01\nlee_02')
  expect(campaigns?.[0]).toMatchObject({ label: 'Undated', sentAt: null })
})
