import { expect, test } from 'vitest'
import { DAY, HOUR } from '@/lib/contract/limits'
import type { Priority } from '@/lib/gateway/gateway'
import { newApp } from '@/lib/store/testing/rows'
import { UpstreamError } from '@/lib/timpush/errors'
import type { FeederDeps } from './feeder'
import type { WantedLives } from './lives'
import { TaskFeeder } from './task-feeder'

const NOW = 1_795_162_800
const APP = { ...newApp(), lanesMerged: false, stopped: null } as unknown as Parameters<TaskFeeder['feed']>[0]

/** Tasks an hour old, lives held as they are answered, and each call waiting for the test to end it. */
function feeding(taskIds: string[]) {
  const time = { nowS: NOW }
  const tasks = taskIds.map((taskId) => ({ taskId, sentAt: NOW - 2 * HOUR }))
  const held = { statistics: new Map<string, object>(), loss: new Map<string, object>() }
  const calls: {
    metric: string
    tasks: string[]
    priority: string
    answer(): Promise<void>
    fail(error: unknown): Promise<void>
  }[] = []
  let changes = 0
  const fetch = ({ metric, lives }: WantedLives, priority: Priority) => {
    let [resolve, reject]: [() => void, (error: unknown) => void] = [() => undefined, () => undefined]
    const done = new Promise<'kept'>((yes, no) => {
      resolve = () => yes('kept')
      reject = no
    })
    const over = (step: () => void) => async () => {
      step()
      await done.catch(() => undefined)
      await new Promise(setImmediate)
    }
    const answer = over(() => {
      for (const life of lives) held[metric].set(life.task, { ...life, fetchedAt: time.nowS })
      resolve()
    })
    const fail = (error: unknown) => over(() => reject(error))()
    calls.push({ metric, priority, tasks: lives.map(({ task }) => task), answer, fail })
    return { done, place: () => null, etaMs: () => null }
  }
  const deps = {
    store: {
      observations: { subjects: async () => tasks },
      windows: { taskHeaders: async ({ metric }: { metric: 'statistics' | 'loss' }) => [...held[metric].values()] },
    },
    archive: { lives: { fetch } },
    upstreamApp: () => ({}),
    clock: { dataS: () => time.nowS },
    timers: { monotonicMs: () => time.nowS * 1_000 },
  } as unknown as FeederDeps
  const feeder = new TaskFeeder(deps, () => {
    changes++
  })
  return {
    ...{ calls, feeder, tasks },
    changes: () => changes,
    /** Feeds so many seconds later and gives what was asked. */
    async feed(seconds = 0) {
      time.nowS += seconds
      const before = calls.length
      await feeder.feed(APP)
      return calls.slice(before)
    },
  }
}

const refused = (kind: 'bad_request' | 'transient') =>
  new UpstreamError('all_member_push_loss', 'upstream_bad_request', kind, 90_001, 'refused')

test('each lane has one call of five at a time, the next once it is answered, and none when all is done', async () => {
  const { feed, changes } = feeding(['a', 'b', 'c', 'd', 'e', 'f'])
  const [statistics, loss, ...more] = await feed()
  expect(more).toEqual([])
  expect([statistics?.metric, loss?.metric, statistics?.tasks]).toEqual([
    'statistics',
    'loss',
    ['a', 'b', 'c', 'd', 'e'],
  ])
  expect(statistics?.priority).toBe('settling')
  expect(await feed(60)).toEqual([])
  await statistics?.answer()
  expect(changes()).toBe(1)
  const [rest, ...others] = await feed()
  expect([rest?.metric, rest?.tasks, others]).toEqual(['statistics', ['f'], []])
  await Promise.all([rest?.answer(), loss?.answer()])
  for (const one of await feed(20)) await one.answer()
  expect(await feed(20)).toEqual([])
})

test('a task registered meanwhile is asked for within a minute', async () => {
  const { feed, feeder, tasks } = feeding([])
  expect(await feed()).toEqual([])
  expect(feeder.lookAt).toBeLessThanOrEqual(NOW + 60)
  tasks.push({ taskId: 'new', sentAt: NOW - HOUR })
  expect((await feed(60)).map((one) => one.tasks)).toEqual([['new'], ['new']])
})

test('a lane that fails rests for a minute, its tasks for a quarter of an hour; the other lane goes on', async () => {
  const { feed } = feeding(['a', 'b', 'c', 'd', 'e', 'f'])
  const [statistics, loss] = await feed()
  await statistics?.fail(refused('transient'))
  await loss?.answer()
  expect((await feed(20)).map(({ metric, tasks }) => [metric, tasks])).toEqual([['loss', ['f']]])
  expect((await feed(60)).map(({ metric, tasks }) => [metric, tasks])).toEqual([['statistics', ['f']]])
  const later = feeding(['a'])
  await (await later.feed())[0]?.fail(refused('transient'))
  expect(await later.feed(899)).toEqual([])
  expect((await later.feed(60)).map(({ metric }) => metric)).toEqual(['statistics'])
})

test('one task the upstream refuses is left for a day, and keeps none asked with it from being observed', async () => {
  const { feed } = feeding(['a', 'bad', 'c'])
  const seen: string[][] = []
  for (let round = 0; round < 5; round++) {
    for (const call of (await feed(20)).filter(({ metric }) => metric === 'statistics')) {
      seen.push(call.tasks)
      await (call.tasks.includes('bad') ? call.fail(refused('bad_request')) : call.answer())
    }
  }
  expect(seen).toEqual([['a', 'bad', 'c'], ['a'], ['bad'], ['c']])
  const later = async (seconds: number) => {
    const calls = (await feed(seconds)).filter(({ metric }) => metric === 'statistics')
    for (const call of calls) await call.answer()
    return calls.map(({ tasks }) => tasks)
  }
  expect(await later(2 * HOUR)).toEqual([['a', 'c']])
  expect(await later(DAY - 2 * HOUR - 60)).toEqual([['a', 'c']])
  expect(await later(60)).toEqual([['bad']])
})
