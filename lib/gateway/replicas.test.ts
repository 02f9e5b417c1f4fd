import { expect, test } from 'vitest'
import { describeStores, type Stores } from '@/lib/store/testing/database'
import { addApp } from '@/lib/store/testing/lanes'
import type { UpstreamError } from '@/lib/timpush/errors'
import { asking, fakeUpstream, gatewayOn, question, refusal } from './testing/gateway-env'
import { systemTimers } from './timers'

/** Two processes on one database, and an upstream whose nth call ends as `script` says. */
async function two({ open, again }: Stores, script: (nth: number) => UpstreamError | undefined) {
  const db = await open()
  await addApp(db)
  const upstream = fakeUpstream(systemTimers, async (_, nth) => script(nth))
  const { timpush } = upstream
  const one = gatewayOn(db, { timpush, owner: 'one', spacingMs: 20 })
  const other = gatewayOn(await again(), { timpush, owner: 'two', spacingMs: 20 })
  return { db, one, other, seen: upstream.seen }
}

describeStores('what one process learns', (stores) => {
  test('of a broken credential stops the other, and so does a restart', async () => {
    const { db, one, other, seen } = await two(stores, () => refusal('credential', 'upstream_credential', 70009))
    await expect(one.ask(asking(1)).done).rejects.toMatchObject({ code: 'upstream_credential' })
    const { timpush } = fakeUpstream(systemTimers)
    const restarted = gatewayOn(db, { timpush, owner: 'three' })
    for (const gateway of [one, other, restarted]) {
      await expect(gateway.ask(asking(2, 'single')).done).rejects.toMatchObject({
        upstreamCode: 70009,
        kind: 'credential',
      })
      const problem = await gateway.problem('app', 'normal_push_trace')
      expect(problem).toMatchObject({ code: 'upstream_credential', upstreamCode: 70009 })
    }
    expect(seen).toHaveLength(1)
    await other.resume('app')
    expect(await restarted.ask(asking(3)).done).toBe('kept')
    expect(await one.problem('app', 'normal_push_trace')).toBeNull()
  })

  test('of a feature that is off stops that endpoint at the other', async () => {
    const { one, other, seen } = await two(stores, (nth) =>
      nth === 1 ? refusal('not_enabled', 'upstream_not_enabled', 90045) : undefined,
    )
    await expect(one.ask(asking(1)).done).rejects.toMatchObject({ code: 'upstream_not_enabled' })
    await expect(other.ask(asking(2)).done).rejects.toMatchObject({ code: 'upstream_not_enabled', upstreamCode: 90045 })
    expect(await other.ask(asking(2, 'single', { question: question(2, 'normal_push_loss') })).done).toBe('kept')
    expect((await other.lanes('app')).filter((lane) => lane.state === 'stopped').map((lane) => lane.endpoint)).toEqual([
      'normal_push_statistics',
    ])
    expect(seen).toHaveLength(2)
  })

  test('of two slow-downs merges the lanes of both', async () => {
    const { db, one, other, seen } = await two(stores, (nth) =>
      nth <= 2 ? refusal('slow_down', 'upstream_too_fast', 60018) : undefined,
    )
    expect(await one.ask(asking(1)).done).toBe('kept')
    const ends = ['normal_push_loss', 'normal_push_trace'] as const
    expect(
      await Promise.all(ends.map((endpoint) => other.ask(asking(2, 'bulk', { question: question(2, endpoint) })).done)),
    ).toEqual(['kept', 'kept'])
    const rows = await db.selectFrom('lanes').select(['endpoint', 'owner']).where('endpoint', '=', '*').execute()
    expect(rows).toEqual([{ endpoint: '*', owner: null }])
    expect(seen).toHaveLength(5)
  })

  test('of a failing upstream is the problem of the lane for both, until the other succeeds', async () => {
    const { one, other } = await two(stores, (nth) => (nth <= 3 ? refusal('transient', 'upstream_timeout') : undefined))
    await expect(one.ask(asking(1, 'single')).done).rejects.toMatchObject({ code: 'upstream_timeout' })
    const problem = await other.problem('app', 'normal_push_statistics')
    expect(problem).toMatchObject({ code: 'upstream_timeout', upstreamCode: null })
    expect(Math.abs(Date.now() - (problem?.since ?? 0))).toBeLessThan(60_000)
    expect(await other.ask(asking(2, 'single')).done).toBe('kept')
    expect(await one.problem('app', 'normal_push_statistics')).toBeNull()
    expect((await one.lanes('app')).find((lane) => lane.callsToday > 0)).toMatchObject({
      callsToday: 4,
      failedToday: 3,
    })
  })
})
