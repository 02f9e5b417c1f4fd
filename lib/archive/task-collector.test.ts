import { expect, test } from 'vitest'
import { DAY, HOUR } from '@/lib/contract/limits'
import type { Priority } from '@/lib/gateway/gateway'
import { newApp } from '@/lib/store/testing/rows'
import { UpstreamError } from '@/lib/timpush/errors'
import type { CollectDeps } from './bucket-collector'
import type { LifeRequest } from './lives'
import { TaskCollector } from './task-collector'

const NOW = 1_795_162_800
const APP = { ...newApp(), lanesMerged: false, stopped: null } as unknown as Parameters<TaskCollector['collect']>[0]

/** Opens a collector of tasks two hours old. Each call waits until the test answers or fails it. */
function openTaskCollector(taskIds: string[]) {
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
  const fetch = ({ metric, lives }: LifeRequest, priority: Priority) => {
    let [resolve, reject]: [() => void, (error: unknown) => void] = [() => undefined, () => undefined]
    const done = new Promise<'stored'>((yes, no) => {
      resolve = () => yes('stored')
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
  } as unknown as CollectDeps
  const collector = new TaskCollector(deps, () => {
    changes++
  })
  return {
    calls,
    collector,
    tasks,
    changes: () => changes,
    /** Lets `seconds` pass, collects, and returns the new calls. */
    async collect(seconds = 0) {
      time.nowS += seconds
      const before = calls.length
      await collector.collect(APP)
      return calls.slice(before)
    },
  }
}

const refused = (kind: 'bad_request' | 'transient') =>
  new UpstreamError('all_member_push_loss', 'upstream_bad_request', kind, 90_001, 'refused')

test('each lane has one call of five tasks at a time, the next after its answer, and none when all is done', async () => {
  const { collect, changes } = openTaskCollector(['a', 'b', 'c', 'd', 'e', 'f'])
  const [statistics, loss, ...more] = await collect()
  expect(more).toEqual([])
  expect([statistics?.metric, loss?.metric, statistics?.tasks]).toEqual([
    'statistics',
    'loss',
    ['a', 'b', 'c', 'd', 'e'],
  ])
  expect(statistics?.priority).toBe('settling')
  expect(await collect(60)).toEqual([])
  await statistics?.answer()
  expect(changes()).toBe(1)
  const [rest, ...others] = await collect()
  expect([rest?.metric, rest?.tasks, others]).toEqual(['statistics', ['f'], []])
  await Promise.all([rest?.answer(), loss?.answer()])
  for (const one of await collect(20)) await one.answer()
  expect(await collect(20)).toEqual([])
})

test('a newly registered task is requested within a minute', async () => {
  const { collect, collector, tasks } = openTaskCollector([])
  expect(await collect()).toEqual([])
  expect(collector.lookAt).toBeLessThanOrEqual(NOW + 60)
  tasks.push({ taskId: 'new', sentAt: NOW - HOUR })
  expect((await collect(60)).map((one) => one.tasks)).toEqual([['new'], ['new']])
})

test('a failed lane rests for a minute, its tasks for 15 minutes; the other lane continues', async () => {
  const { collect } = openTaskCollector(['a', 'b', 'c', 'd', 'e', 'f'])
  const [statistics, loss] = await collect()
  await statistics?.fail(refused('transient'))
  await loss?.answer()
  expect((await collect(20)).map(({ metric, tasks }) => [metric, tasks])).toEqual([['loss', ['f']]])
  expect((await collect(60)).map(({ metric, tasks }) => [metric, tasks])).toEqual([['statistics', ['f']]])
  const later = openTaskCollector(['a'])
  await (await later.collect())[0]?.fail(refused('transient'))
  expect(await later.collect(899)).toEqual([])
  expect((await later.collect(60)).map(({ metric }) => metric)).toEqual(['statistics'])
})

test('a refused task waits for a day and does not block the tasks of its call', async () => {
  const { collect } = openTaskCollector(['a', 'bad', 'c'])
  const seen: string[][] = []
  for (let round = 0; round < 5; round++) {
    for (const call of (await collect(20)).filter(({ metric }) => metric === 'statistics')) {
      seen.push(call.tasks)
      await (call.tasks.includes('bad') ? call.fail(refused('bad_request')) : call.answer())
    }
  }
  expect(seen).toEqual([['a', 'bad', 'c'], ['a'], ['bad'], ['c']])
  const later = async (seconds: number) => {
    const calls = (await collect(seconds)).filter(({ metric }) => metric === 'statistics')
    for (const call of calls) await call.answer()
    return calls.map(({ tasks }) => tasks)
  }
  expect(await later(2 * HOUR)).toEqual([['a', 'c']])
  expect(await later(DAY - 2 * HOUR - 60)).toEqual([['a', 'c']])
  expect(await later(60)).toEqual([['bad']])
})
