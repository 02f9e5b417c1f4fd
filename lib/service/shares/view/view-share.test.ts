import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { clampToScope } from '@/lib/access/shares/clamp-to-scope'
import { isPushlensError } from '@/lib/contract/errors'
import { type ShareScope, shareScope } from '@/lib/contract/shares/scope'
import { type ShareQuery, shareQuery } from '@/lib/contract/shares/view'
import { INTERNAL, MIDNIGHT, NOW, openSharedWorld, type SharedWorld } from '@/lib/service/shares/testing/shared-world'
import { newApp } from '@/lib/store/testing/rows'
import { sharedContext } from './shared-context'
import { viewShare, viewShareText } from './view-share'

let world: SharedWorld
beforeEach(async () => {
  world = await openSharedWorld()
})
afterEach(() => world.close())

const SCOPE: ShareScope = shareScope.parse({
  pages: ['overview', 'losses', 'campaigns'],
  source: 'task',
  tasks: { kind: 'tag', tag: 'spring' },
  vendors: null,
  range: { mode: 'rolling', preset: '7d' },
  dates: { kind: 'back', days: 10 },
  figures: 'counts',
})
const clamped = async (over: Partial<ShareScope> = {}, query: Partial<ShareQuery> = {}) =>
  clampToScope(
    world.ctx,
    { id: 's', app: await world.app(), scope: { ...SCOPE, ...over } },
    shareQuery.parse(query),
    NOW,
  )
const view = async (over: Partial<ShareScope> = {}, query: Partial<ShareQuery> = {}) =>
  viewShare(world.ctx, await clamped(over, query))

async function listed(over: Partial<ShareScope> = {}): Promise<string[]> {
  const found = await view(over, { page: 'campaigns' })
  return found.page === 'campaigns' ? found.campaigns.items.map(({ taskId }) => taskId) : []
}
const register = (taskId: string, tags: string[]) =>
  world.store.tasks.put(newApp().id, taskId, () => ({
    ...{ appId: newApp().id, taskId, label: taskId, note: INTERNAL, sentAt: NOW, knownBy: 'api', createdAt: NOW },
    tags,
  }))

describe('a shared view', () => {
  test('of a tag shows a campaign that gets it later, and none without it', async () => {
    const before = await listed()
    await register('new-with', ['spring', 'vip'])
    await register('new-without', ['vip'])
    await register('new-alike', ['spring 2'])
    expect(await listed()).toEqual(['new-with', ...before])
    const one = async (campaign: string) =>
      view({}, { campaign }).then(
        ({ page }) => page,
        (error: unknown) => isPushlensError(error) && error.code,
      )
    expect(await one('new-with')).toBe('campaign')
    expect([await one('new-without'), await one('nobody-sent-this')]).toEqual(['outside_share', 'outside_share'])
  })

  test('of a tag that no campaign has shows nothing, and not all pushes', async () => {
    const tasks = { kind: 'tag', tag: 'nothing' } as const
    const overview = await view({ tasks })
    expect(overview).toMatchObject({ page: 'overview', funnel: { total: null, vendors: [], series: [], tasks: [] } })
    expect(await view({ tasks }, { page: 'losses' })).toMatchObject({ losses: { asOf: null, tasks: [] } })
    expect(await listed({ tasks })).toEqual([])
  })

  test('makes no request, whatever is read, and never says that one is under way', async () => {
    const { requests } = world
    const queries: Partial<ShareQuery>[] = [
      ...(['overview', 'losses', 'campaigns'] as const).map((page) => ({ page })),
      { campaign: 'task-0' },
      { interval: 'hour', range: '30d', compare: 'previous' },
      { from: String(NOW - 3_601), to: String(NOW - 61) },
      { page: 'losses', range: '30d', compare: 'weekday' },
      { page: 'losses', range: 'today' },
    ]
    for (const tasks of [{ kind: 'all' }, SCOPE.tasks] as const) {
      for (const source of ['task', 'chat'] as const) {
        for (const query of queries) {
          const found = await view({ tasks, source }, query).catch((error: unknown) => {
            if (!isPushlensError(error)) throw error
            return null
          })
          expect(JSON.stringify(found)).not.toMatch(/"pending"|"place":\d/)
        }
      }
    }
    expect(requests()).toBe(0)
  })

  test('reads through a context that has no way to make a call', async () => {
    const reading = await sharedContext(world.ctx, await clamped())
    expect('request' in reading.gateway).toBe(false)
    const app = reading.upstreamApp(await world.app())
    await expect(app.secretKey()).rejects.toThrow('signs no call')
    const wanted = { app, source: 'task', metric: 'statistics', tasks: [''], window: { from: 0, to: 60 } } as const
    const { tickets } = await reading.archive.find({ ...wanted, tasks: [''] }, { priority: 'single', waiter: null })
    expect(tickets).toEqual([])
    const ticket = reading.archive.fetch({ ...wanted, tasks: [''] }, { priority: 'bulk', waiter: null }, 0)
    await expect(ticket.done).rejects.toThrow('makes no call')
  })

  test('compares only with a period that the link may show', async () => {
    const all = { tasks: { kind: 'all' } } as const
    const compared = async (over: Partial<ShareScope>, query: Partial<ShareQuery>) => {
      const found = await view({ ...all, ...over }, { compare: 'previous', ...query })
      return found.page === 'overview' ? (found.funnel.comparison?.held ?? null) : null
    }
    expect(await compared({}, { range: 'yesterday' })).toBe(true)
    expect(await compared({}, {})).toBeNull()
    expect(await compared({ dates: { kind: 'none' } }, { range: 'yesterday' })).toBeNull()
    expect(await compared({ dates: { kind: 'within' } }, { range: 'yesterday' })).toBe(true)
    expect(await compared({ dates: { kind: 'within' } }, {})).toBeNull()
  })

  test('is made once for identical questions of some seconds, and again after the archive has changed', async () => {
    const all = { tasks: { kind: 'all' } } as const
    const made = () => world.ctx.caches.sharedViews.size
    const texts = [
      await viewShareText(world.ctx, await clamped(all)),
      await viewShareText(world.ctx, await clamped(all)),
    ]
    expect([new Set(texts).size, made()]).toEqual([1, 1])
    await viewShareText(world.ctx, await clamped({ ...all, figures: 'rates' }))
    expect(made()).toBe(2)
    await world.store.windows.save({
      ...{ appId: newApp().id, source: 'task', metric: 'statistics', task: '', from: NOW - 60, to: NOW },
      ...{ fetchedAt: NOW, raw: '{}', unreadable: 0, absent: [], counts: null, losses: null },
    })
    await viewShareText(world.ctx, await clamped(all))
    expect(made()).toBe(3)
  })

  test('is made so many times at once of one link, and what is there is shown all the same', async () => {
    const ask = async (from: number) => {
      const dates = { from: String(MIDNIGHT - from * 3_600), to: String(MIDNIGHT) }
      const reply = viewShareText(world.ctx, await clamped({ tasks: { kind: 'all' } }, dates))
      return reply.then(
        () => 'shown',
        (error: unknown) => isPushlensError(error) && error.code,
      )
    }
    const answers = []
    for (let i = 1; i <= 25; i += 1) answers.push(await ask(i))
    expect(answers).toEqual([...Array(20).fill('shown'), ...Array(5).fill('too_many')])
    expect(await ask(1)).toBe('shown')
  })
})
