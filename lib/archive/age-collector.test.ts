import { expect, test } from 'vitest'
import { DAY, HOUR } from '@/lib/contract/limits'
import { newApp } from '@/lib/store/testing/rows'
import { UpstreamError } from '@/lib/timpush/errors'
import { AgeCollector, type AgeDeps } from './age-collector'
import type { Asked, WindowRequest } from './archive'

const NOW = 1_795_162_800
const SENT = NOW - 30 * HOUR
const APP = { ...newApp(), lanesMerged: false, stopped: null } as unknown as Parameters<AgeCollector['collect']>[0]

/** Opens a collector for one campaign that was registered after a day. Each call waits until the test answers it. */
function openAgeCollector(counted: 'event' | 'sending' | null, tasks = [{ taskId: 'a', sentAt: SENT }]) {
  const time = { nowS: NOW }
  const read: { tasks: string[]; within: { from: number; to: number } }[] = []
  const held: { task: string; from: number; to: number }[] = []
  const calls: {
    request: WindowRequest
    asked: Asked
    answer(): Promise<void>
    fail(error: unknown): Promise<void>
  }[] = []
  const fetch = (request: WindowRequest, asked: Asked) => {
    let [resolve, reject]: [() => void, (error: unknown) => void] = [() => undefined, () => undefined]
    const promise = new Promise<'stored'>((yes, no) => {
      resolve = () => yes('stored')
      reject = no
    })
    const over = async () => {
      await promise.catch(() => undefined)
      await new Promise(setImmediate)
    }
    const answer = () => {
      held.push({ task: request.tasks[0] ?? '', ...request.window })
      resolve()
      return over()
    }
    const fail = (error: unknown) => {
      reject(error)
      return over()
    }
    calls.push({ request, asked, answer, fail })
    return { done: promise, place: () => null, etaMs: () => null }
  }
  const deps = {
    store: {
      settings: { get: async () => JSON.stringify({ counted, lag: 'none', end: { unit: 'second' } }) },
      observations: {
        subjects: async () => tasks,
        times: async (subject: (typeof read)[number]) => {
          read.push(subject)
          return new Map(subject.tasks.map((task) => [task, [NOW - 60]]))
        },
      },
      windows: { taskHeaders: async () => held },
    },
    archive: { fetch },
    upstreamApp: () => ({}),
    clock: { dataS: () => time.nowS },
  } as unknown as AgeDeps
  const collector = new AgeCollector(deps, () => undefined)
  return {
    ...{ calls, read },
    /** Lets `seconds` pass, collects, and returns the new calls. */
    async collect(seconds = 0) {
      time.nowS += seconds
      const before = calls.length
      await collector.collect(APP)
      return calls.slice(before)
    },
  }
}

const ageOf = ({ request }: { request: WindowRequest }) => request.window.to - SENT

test('missed ages are fetched one at a time with the lowest priority, and kept', async () => {
  const { collect, calls } = openAgeCollector('event')
  const [first] = await collect()
  expect(first?.request).toMatchObject({ source: 'task', metric: 'statistics', tasks: ['a'], kept: true })
  expect(first?.asked).toEqual({ priority: 'fill', waiter: null })
  expect(await collect(60)).toEqual([])
  await first?.answer()
  for (let i = 0; i < 5; i++) for (const call of await collect()) await call.answer()
  expect(calls.map(ageOf)).toEqual([DAY, 6 * HOUR, HOUR])
  // The next plan finds them stored.
  expect(await collect(HOUR)).toEqual([])
})

test('nothing is fetched where Tencent does not count by time of event, or nobody measured it', async () => {
  for (const counted of ['sending', null] as const) expect(await openAgeCollector(counted).collect()).toEqual([])
})

test('after a failure the lane rests, and a refused window is not requested again', async () => {
  const { collect, calls } = openAgeCollector('event')
  const error = (kind: 'transient' | 'bad_request') =>
    new UpstreamError('all_member_push_statistics', 'upstream_bad_request', kind, 90_001, 'refused')
  await (await collect())[0]?.fail(error('bad_request'))
  expect(await collect(60)).toEqual([])
  const [second] = await collect(900)
  expect(second && ageOf(second)).toBe(6 * HOUR)
  await second?.fail(error('transient'))
  for (let i = 0; i < 6; i++) for (const call of await collect(900)) await call.answer()
  expect(calls.map(ageOf)).toEqual([DAY, 6 * HOUR, HOUR, 6 * HOUR])
})

test('observations of thousands of campaigns are read in parts, up to the last age', async () => {
  const tasks = Array.from({ length: 600 }, (_, i) => ({ taskId: `t${i}`, sentAt: SENT - (i % 7) * DAY }))
  const { collect, read } = openAgeCollector('event', tasks)
  expect(await collect()).toHaveLength(1)
  expect(read.map(({ tasks: some }) => some.length)).toEqual([250, 250, 100])
  expect(new Set(read.flatMap(({ tasks: some }) => some)).size).toBe(600)
  const sent = new Map(tasks.map(({ taskId, sentAt }) => [taskId, sentAt]))
  for (const { tasks: some, within } of read) {
    const times = some.map((task) => sent.get(task) ?? 0)
    expect(within.from).toBe(Math.min(...times))
    expect(within.to - Math.max(...times)).toBeLessThan(8 * DAY)
  }
})
