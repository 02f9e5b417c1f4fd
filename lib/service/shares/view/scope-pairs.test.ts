import { afterAll, beforeAll, expect, test } from 'vitest'
import { clampToScope, type Shared } from '@/lib/access/shares/clamp-to-scope'
import { isPushlensError } from '@/lib/contract/errors'
import type { SharedView } from '@/lib/contract/shares/view'
import { outsideOf } from '@/lib/service/shares/testing/outside-of'
import { randomPair } from '@/lib/service/shares/testing/random-shares'
import { NOW, openSharedWorld, type SharedWorld } from '@/lib/service/shares/testing/shared-world'
import { type SignedIn, signedIn } from '@/lib/service/shares/testing/signed-in'
import type { AppRow } from '@/lib/store/people/apps'
import { dose, figure } from '@/lib/testing/dose'
import { viewShare } from './view-share'

/** Random scopes and queries. Each answer is compared with that of somebody with a role, restricted a second time. */
const PAIRS = dose(1_000, 10_000)
const TWIN_PAIRS = 300
let world: SharedWorld
let app: AppRow
let signed: SignedIn

beforeAll(async () => {
  world = await openSharedWorld()
  app = await world.app()
  signed = signedIn(world)
})
afterAll(() => world.close())

type Clamp = typeof clampToScope

async function viewOf(clamp: Clamp, seed: number): Promise<SharedView | 'refused'> {
  const { scope, query } = randomPair(seed)
  try {
    return await viewShare(world.ctx, await clamp(world.ctx, { id: 's', app, scope }, query, NOW))
  } catch (error) {
    if (isPushlensError(error) && error.code === 'outside_share') return 'refused'
    throw error
  }
}

/** Returns the first seeds whose answers are outside, with what is. */
async function findOutside(clamp: Clamp, pairs: number, most: number): Promise<string[]> {
  const found: string[] = []
  for (let seed = 0; seed < pairs && found.length < most; seed += 1) {
    const outside = await outsideOf(randomPair(seed), await viewOf(clamp, seed), signed)
    if (outside.length > 0) found.push(`seed ${seed}: ${outside.slice(0, 3).join(' | ')}`)
  }
  return found
}

test(`${PAIRS} random pairs of a scope and a query stay inside, and equal the signed-in answer restricted to it`, {
  timeout: 1_800_000,
}, async () => {
  expect(await findOutside(clampToScope, PAIRS, 5)).toEqual([])
  let shown = 0
  for (let seed = 0; seed < 200; seed += 1) if ((await viewOf(clampToScope, seed)) !== 'refused') shown += 1
  expect(shown).toBeGreaterThan(100)
  figure(
    'Shared scopes',
    `${PAIRS.toLocaleString('en')} random pairs of a scope and a query: no answer outside, all equal`,
  )
})

/** Returns a clamp that forgets a part of the scope. */
const forgetting =
  (part: (shared: Shared, query: Parameters<Clamp>[2]) => Partial<Shared['question']>): Clamp =>
  async (...given) => {
    const shared = await clampToScope(...given)
    return { ...shared, question: { ...shared.question, ...part(shared, given[2]) } }
  }

test.each<[string, Clamp]>([
  ['the comparison', forgetting((_, { compare = 'none' }) => ({ compare, reach: [{ from: 0, to: NOW }] }))],
  ['the campaigns of a report', forgetting(() => ({ tasks: null }))],
  ['the vendors', forgetting(() => ({ vendors: null }))],
  [
    'the dates',
    forgetting(({ question }) => ({
      range: { ...question.range, from: question.range.from - 7_200 },
      reach: [{ from: 0, to: NOW }],
    })),
  ],
  ['the figures', forgetting(() => ({ figures: 'counts' }))],
  ['the reasons', forgetting(() => ({ withLosses: true }))],
  ['the trend of losses', forgetting(() => ({ reach: [{ from: 0, to: NOW }] }))],
])('a clamp that forgets %s is caught', { timeout: 120_000 }, async (_, clamp) => {
  expect(await findOutside(clamp, TWIN_PAIRS, 1)).toHaveLength(1)
})

test('a clamp that forgets the campaigns of the list is caught', { timeout: 120_000 }, async () => {
  const { items } = await world.store.tasks.page(app.id, { sort: 'sentAt', after: null, limit: 50 })
  const clamp = forgetting(() => ({ campaigns: items }))
  expect(await findOutside(clamp, TWIN_PAIRS, 1)).toHaveLength(1)
})
