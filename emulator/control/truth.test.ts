import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../protocol/answers'
import { chatLoss, taskLoss } from '../protocol/endpoints/loss'
import { chatStatistics, taskStatistics } from '../protocol/endpoints/statistics'
import { changeSwitches, DEFAULT_SWITCHES, type Switches } from '../switches'
import { ANCHOR } from '../testing/client'
import { SeededRandom } from '../world/random'
import { World } from '../world/world'
import { type Question, truthOfStatistics } from './truth'
import { truthOfLoss } from './truth-loss'

/** The test itself converts answers and truth into one form, so that the two sides share no code. */
interface Result {
  [key: string]: unknown
  PlatformStatistics: Record<string, number>[]
}

const DAY = 86_400
const counts = (row: Record<string, unknown>) => [row.TotalCount, row.SentCount, row.DeliveredCount, row.ClickCount]
const sorted = <T>(rows: T[]) => rows.map((row) => JSON.stringify(row)).sort()

function answered(world: World, question: Question, switches: Switches, metric: 'statistics' | 'loss') {
  const body: JsonObject = { StartTime: question.from, EndTime: question.to }
  if (question.source === 'task') body.TaskID = question.task ? [question.task] : []
  const verbs = { statistics: [taskStatistics, chatStatistics], loss: [taskLoss, chatLoss] }[metric]
  const verb = verbs[question.source === 'task' ? 0 : 1]
  const answer: JsonObject & { Results?: Result[] } = JSON.parse(
    JSON.stringify(verb?.(world, body, question.asOf, switches)),
  )
  return question.source === 'chat' && !switches.nestedLoss ? (answer as unknown as Result) : answer.Results?.[0]
}

function compareStatistics(world: World, question: Question, switches: Switches): number {
  const truth = truthOfStatistics(world, question, switches)
  const result = answered(world, question, { ...switches, nestedLoss: false }, 'statistics')
  if (!truth.total) expect(result).toBeUndefined()
  if (!result || !truth.total) return 0
  const { sendable, sent, delivered, clicked } = truth.total
  expect(counts(result)).toEqual([sendable, sent, delivered, clicked])
  const rows = result.PlatformStatistics.map((row) => [row.EventType ?? null, row.PushPlatform, ...counts(row)])
  const want = truth.vendors.map((v) => [v.eventType, v.platform, v.sendable, v.sent, v.delivered, v.clicked])
  expect(sorted(rows)).toEqual(sorted(want))
  return sendable
}

function compareLoss(world: World, question: Question, switches: Switches): number {
  const truth = truthOfLoss(world, question, switches)
  const result = answered(world, question, switches, 'loss') as Record<string, Record<string, unknown>[]> | undefined
  if (!truth.known) expect(result).toBeUndefined()
  if (!result) return 0
  const rows = (name: string) =>
    sorted(
      (result[name] ?? []).map((r) => [r.EventType ?? null, r.PushPlatform ?? null, r.ErrCode, r.ErrInfo, r.ErrCount]),
    )
  const { stages, totals } = truth
  const want = (list: typeof stages.post_send) =>
    sorted(list.map((r) => [r.eventType, r.platform, r.code, r.text, r.count]))
  const wantAll = (list: typeof totals.post_send) => sorted(list.map((r) => [null, null, r.code, r.text, r.count]))
  expect(rows('PlatformReadyToSendLoss')).toEqual(want(stages.ready_to_send))
  expect(rows('PlatformPostSendDeliveredLoss')).toEqual(want(stages.post_send))
  expect(rows('ReadyToSendLoss')).toEqual(wantAll(totals.ready_to_send))
  expect(rows('PostSendDeliveredLoss')).toEqual(wantAll(totals.post_send))
  return totals.post_send.reduce((sum, { count }) => sum + count, 0)
}

/** Generates a valid window: mostly short, sometimes of maximum length, with arbitrary ends. */
function questionOf(world: World, random: SeededRandom, days: number): Question {
  const asOf = ANCHOR + random.int(-3 * DAY, 3 * DAY)
  const longest = random.chance(0.1) ? days * DAY : random.chance(0.5) ? 3 * DAY : 4_000
  const from = asOf - random.int(1, days * DAY)
  const known = world.campaigns(asOf)
  const task = known[random.int(0, known.length)]?.taskId ?? null
  const source = random.chance(0.4) ? 'chat' : 'task'
  const aligned = random.chance(0.5) ? 3_600 : 1
  const floor = (at: number) => Math.max(asOf - days * DAY, at - (at % aligned))
  const to = floor(Math.min(from + random.int(0, longest), asOf + DAY))
  return {
    source,
    task: source === 'task' && random.chance(0.5) ? task : null,
    from: floor(from),
    to: Math.max(to, floor(from)),
    asOf,
  }
}

function switchesOf(random: SeededRandom): Switches {
  const pick = <T>(list: readonly T[]) => list[random.int(0, list.length)]
  return changeSwitches(DEFAULT_SWITCHES, {
    countBy: pick(['sending', 'event']),
    lag: pick(['none', 'none', 'day']),
    grain: pick(['second', 'minute', 'hour', 'day']),
    endTime: pick(['exclusive', 'inclusive']),
    utcOffset: pick(['+08:00', '+00:00', '-03:30']),
    totalsDisagree: random.chance(0.2),
    nestedLoss: random.chance(0.3),
  })
}

describe('answers match the events, for any window, switches and seed', { timeout: 120_000 }, () => {
  for (const seed of [1, 77, 20_261_120]) {
    test(`seed ${seed}`, () => {
      const world = new World(seed, 1_400_187_352, ANCHOR)
      const random = new SeededRandom(seed)
      let counted = 0
      for (let round = 0; round < 16; round++) {
        counted += compareStatistics(world, questionOf(world, random, 30), switchesOf(random))
        counted += compareLoss(world, questionOf(world, random, 7), switchesOf(random))
      }
      expect(counted).toBeGreaterThan(10_000)
    })
  }
})

test('a task not sent yet has neither truth nor answer', () => {
  const world = new World(3, 1_400_187_352, ANCHOR)
  const task = world.campaigns(ANCHOR + 5 * DAY).find(({ at }) => at > ANCHOR)?.taskId ?? ''
  const question: Question = { source: 'task', task, from: ANCHOR - DAY, to: ANCHOR, asOf: ANCHOR }
  expect(task).not.toBe('')
  expect(truthOfStatistics(world, question, DEFAULT_SWITCHES).total).toBeNull()
  compareStatistics(world, question, DEFAULT_SWITCHES)
  compareLoss(world, question, DEFAULT_SWITCHES)
})
