import { afterEach, describe, expect, test } from 'vitest'
import type { Collector } from './archive/collector'
import { electedCollector } from './context-collector'
import { announceServer, holdLease, LEASE_MS, type LeaseDeps } from './context-lease'
import { FakeClock } from './gateway/testing/fake-clock'
import { migrate } from './store/engine/migrate'
import { type Db, openDatabase } from './store/engine/open'
import { COPY, leases } from './store/lanes/leases'
import { freshFile } from './store/testing/database'

const log = { info: () => undefined, warn: () => undefined }

/** Leases of a database whose clock is `time`. The clock of a process may stand still beside it. */
function setUp(db: Db, time: FakeClock) {
  let failing: 'refuses' | 'is silent' | null = null
  const all = leases(db, time)
  const take: typeof all.take = async (...args) => {
    if (failing === 'is silent') await new Promise(() => {})
    if (failing === 'refuses') throw new Error('no database')
    return all.take(...args)
  }
  const member = (owner: string, timers = time): LeaseDeps => ({ leases: { ...all, take }, owner, timers, log })
  const told: string[] = []
  const hold = (owner: string, timers = time) =>
    holdLease(member(owner, timers), 'collector', {
      begin: (term) => void told.push(`${owner} begins ${term}`),
      end: async () => void told.push(`${owner} ends`),
    })
  return {
    all,
    member,
    told,
    hold,
    fail: (what: typeof failing) => {
      failing = what
    },
  }
}

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

/** Opens SQLite, because the time of PostgreSQL cannot be moved. The processes of e2e/replicas.spec.ts run on PostgreSQL. */
async function open(): Promise<Db> {
  const db = await openDatabase(freshFile(undo))
  undo.push(() => db.destroy())
  await migrate(db)
  return db
}

describe('a lease is held', () => {
  test('by one of two, and by the other as soon as the first has stopped', async () => {
    const time = new FakeClock()
    const { told, hold } = setUp(await open(), time)
    const one = hold('one')
    await expect.poll(() => told).toEqual(['one begins 1'])
    const other = hold('other')
    await time.pass(LEASE_MS * 3)
    expect(told).toEqual(['one begins 1'])
    await one.stop()
    const left = await passUntil(time, () => told.length === 3)
    expect(left).toBeLessThanOrEqual(3_000)
    expect(told).toEqual(['one begins 1', 'one ends', 'other begins 2'])
    await other.stop()
    expect(told.at(-1)).toBe('other ends')
  })

  test('by another when its holder was paused, which then ends', async () => {
    const time = new FakeClock()
    const paused = new FakeClock()
    const { told, hold } = setUp(await open(), time)
    const one = hold('one', paused)
    await paused.pass(0)
    const other = hold('other')
    await time.pass(LEASE_MS + 3_000)
    expect(told).toEqual(['one begins 1', 'other begins 2'])
    await paused.pass(LEASE_MS + 3_000)
    expect(told.slice(2)).toEqual(['one ends'])
    await Promise.all([one.stop(), other.stop()])
  })

  test.each(['refuses', 'is silent'] as const)(
    'no longer than it lasts in the database, when the database %s',
    async (what) => {
      const time = new FakeClock()
      const { told, hold, fail } = setUp(await open(), time)
      const one = hold('one')
      await time.pass(3_000)
      fail(what)
      await time.pass(LEASE_MS + 3_000)
      expect(told).toEqual(['one begins 1', 'one ends'])
      fail(null)
      await time.pass(LEASE_MS + 3_000)
      expect(told).toHaveLength(3)
      await one.stop()
    },
  )

  test('by no server while the database is copied', async () => {
    const time = new FakeClock()
    const { all, member } = setUp(await open(), time)
    await all.take(COPY, 'copy', 600_000)
    await expect(announceServer(member('one'))).rejects.toThrow(/being copied/)
    await all.release(COPY, 'copy')
    await (await announceServer(member('one'))).stop()
  })

  test('by the replica that collects: each turn has a collector of its own', async () => {
    const time = new FakeClock()
    const { member } = setUp(await open(), time)
    const told: string[] = []
    let made = 0
    const elected = (owner: string) => {
      const create = (): Collector => {
        const nth = ++made
        return {
          start: () => void told.push(`${nth} of ${owner} starts`),
          stop: async () => void told.push(`${nth} stops`),
          look: () => void told.push(`${nth} looks`),
          lagMs: () => 5,
        }
      }
      const gateway = { withdrawArchive: () => void told.push(`${owner} withdraws`) }
      return electedCollector(create, { ...member(owner), gateway })
    }
    const [one, other] = [elected('one'), elected('other')]
    one.start()
    await expect.poll(() => told).toEqual(['1 of one starts'])
    other.start()
    await time.pass(9_000)
    expect([one.lagMs(), other.lagMs()]).toEqual([5, null])
    other.look()
    one.look()
    await one.stop()
    await passUntil(time, () => made === 2)
    await other.stop()
    const turns = ['1 of one starts', '1 looks', '1 stops', 'one withdraws', '2 of other starts', '2 stops']
    expect(told).toEqual([...turns, 'other withdraws'])
  })
})

/** Lets time pass until it is so. Returns for how long. */
async function passUntil(time: FakeClock, isSo: () => boolean): Promise<number> {
  const beganMs = time.monotonicMs()
  await expect
    .poll(
      async () => {
        await time.pass(200)
        return isSo()
      },
      { interval: 5 },
    )
    .toBe(true)
  return time.monotonicMs() - beganMs
}
