import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { authorize } from '@/lib/access/authorize'
import { removeExpired } from '@/lib/archive/upkeep'
import { frozenDocument } from '@/lib/contract/shares/frozen'
import { type ShareScope, shareScope } from '@/lib/contract/shares/scope'
import { shareQuery } from '@/lib/contract/shares/view'
import { INTERNAL, MIDNIGHT, NOW, openSharedWorld, type SharedWorld } from '@/lib/service/shares/testing/shared-world'
import { answer, DAY, newApp, sent } from '@/lib/store/testing/rows'
import { laterBy } from '@/lib/testing/clock'
import { freeze } from './freeze'
import { frozenViewText } from './frozen-view'

let world: SharedWorld
beforeEach(async () => {
  world = await openSharedWorld()
})
afterEach(() => world.close())

const ADMIN = { kind: 'token', id: 't', name: 't', role: 'admin', apps: ['*'] } as const
const ISO = (at: number) => new Date(at * 1_000).toISOString()
const SCOPE: ShareScope = shareScope.parse({
  pages: ['overview', 'losses', 'campaigns'],
  source: 'task',
  tasks: { kind: 'all' },
  vendors: null,
  range: { mode: 'fixed', from: ISO(MIDNIGHT - 7 * DAY), to: ISO(MIDNIGHT) },
  dates: { kind: 'none' },
  figures: 'counts',
})
const frozen = async (over: Partial<ShareScope> = {}) =>
  freeze(world.ctx, authorize(ADMIN, 'admin', await world.app(), { kind: 'frozen', scope: { ...SCOPE, ...over } }))
const exactWindow = () =>
  world.store.windows.find({
    ...{ appId: newApp().id, source: 'task', metric: 'statistics' },
    ...{ tasks: [''], from: MIDNIGHT - 7 * DAY, to: MIDNIGHT },
  })

describe('a frozen link', () => {
  test('keeps every page of its scope as one text with its hash, and makes no call', async () => {
    const { text, sha256, people } = await frozen()
    expect(createHash('sha256').update(text).digest('hex')).toBe(sha256)
    const document = frozenDocument.parse(JSON.parse(text))
    const campaigns = document.views.filter(({ page }) => page === 'campaign')
    expect(document.views.slice(0, 3).map(({ page }) => page)).toEqual(['overview', 'losses', 'campaigns'])
    expect(campaigns.length).toBeGreaterThan(2)
    expect(text).not.toContain(INTERNAL)
    expect([people, world.requests()]).toEqual([[], 0])
  })

  test('is the same text for the same data', async () => {
    expect((await frozen()).text).toBe((await frozen()).text)
  })

  test('shows the very bytes that it keeps, page by page', async () => {
    const { text } = await frozen()
    const { views } = frozenDocument.parse(JSON.parse(text))
    for (const view of views) {
      const query = view.page === 'campaign' ? { page: view.page, campaign: view.taskId } : { page: view.page }
      expect(text).toContain(frozenViewText(text, shareQuery.parse(query)))
    }
    expect(frozenViewText(text, shareQuery.parse({}))).toContain('"page":"overview"')
    const moved = shareQuery.parse({ range: '30d', interval: 'hour', vendor: 'oppo' })
    expect(frozenViewText(text, moved)).toBe(frozenViewText(text, shareQuery.parse({})))
    expect(() => frozenViewText(text, shareQuery.parse({ campaign: 'task-x' }))).toThrow(
      expect.objectContaining({ code: 'outside_share' }),
    )
  })

  test('keeps the exact windows that it was made from, when others of their age are pruned', async () => {
    const other = { from: MIDNIGHT - 5 * DAY - 60, to: MIDNIGHT - 60 }
    await world.store.windows.save(answer({ ...other, fetchedAt: NOW - 60, counts: sent(500) }))
    await frozen()
    const clock = laterBy(world.ctx.clock, 30 * DAY)
    await removeExpired({ store: world.store, clock, retentionTracesDays: 90 })
    expect(await exactWindow()).toHaveLength(1)
    const subject = {
      appId: newApp().id,
      source: 'task' as const,
      metric: 'statistics' as const,
      tasks: [''],
      ...other,
    }
    expect(await world.store.windows.find(subject)).toEqual([])
  })

  test('without a link they are pruned', async () => {
    const clock = laterBy(world.ctx.clock, 30 * DAY)
    await removeExpired({ store: world.store, clock, retentionTracesDays: 90 })
    expect(await exactWindow()).toEqual([])
  })
})
