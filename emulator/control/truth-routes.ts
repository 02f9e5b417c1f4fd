import type { EmulatorState } from '../protocol/emulator-state'
import type { World } from '../world/world'
import { BadRequest } from './bad-request'
import { samplePushes } from './sample-pushes'
import { type Question, truthOfStatistics } from './truth'
import { truthOfLoss } from './truth-loss'
import { truthOfTrace } from './truth-trace'
import { knownUntil } from './truth-window'

/** Answers GET /truth and the paths below it. */
export function answerTruth(state: EmulatorState, { url }: { url: URL }): unknown {
  const query = url.searchParams
  const world = worldOf(state, query)
  const now = integer(query, 'asOf', state.clock.data())
  const until = knownUntil(now, state.switches)
  switch (url.pathname) {
    case '/truth':
      return windowTruth(state, world, query, now)
    case '/truth/tasks':
      return { items: world.campaigns(until) }
    case '/truth/incidents':
      return world.incidents
    case '/truth/pushes':
      return { items: samplePushes(world, until, integer(query, 'limit', 3)) }
    case '/truth/trace':
      return truthOfTrace(world, query, until)
    default:
      throw new BadRequest(`unknown path ${url.pathname}`, 404)
  }
}

function worldOf({ worlds }: EmulatorState, query: URLSearchParams): World {
  const [first] = worlds.keys()
  const world = worlds.get(integer(query, 'sdkappid', first ?? 0))
  if (!world) throw new BadRequest('unknown sdkappid', 404)
  return world
}

function windowTruth({ switches }: EmulatorState, world: World, query: URLSearchParams, asOf: number) {
  const source = oneOf(query, 'source', ['task', 'chat'] as const)
  const metric = oneOf(query, 'metric', ['statistics', 'loss'] as const)
  const question: Question = {
    source,
    task: query.get('task') || null,
    from: integer(query, 'from'),
    to: integer(query, 'to'),
    asOf,
  }
  const count = metric === 'statistics' ? truthOfStatistics : truthOfLoss
  return count(world, question, switches)
}

function integer(query: URLSearchParams, name: string, fallback?: number): number {
  const text = query.get(name)
  if (text === null && fallback !== undefined) return fallback
  const value = Number(text || Number.NaN)
  if (!Number.isSafeInteger(value)) throw new BadRequest(`${name} must be a whole number`)
  return value
}

function oneOf<T extends string>(query: URLSearchParams, name: string, values: readonly T[]): T {
  const value = values.find((one) => one === query.get(name))
  if (!value) throw new BadRequest(`${name} must be one of: ${values.join(', ')}`)
  return value
}
