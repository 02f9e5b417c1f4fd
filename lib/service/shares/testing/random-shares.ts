import 'server-only'
import { PRESETS } from '@/lib/contract/ranges'
import { SHARED_PAGES } from '@/lib/contract/shares/pages'
import { type ShareScope, shareScope } from '@/lib/contract/shares/scope'
import { type ShareQuery, shareQuery } from '@/lib/contract/shares/view'
import { DAY, HOUR } from '@/lib/store/testing/rows'
import { DAYS, MIDNIGHT, NOW, randomOf, TASKS, VENDORS } from './shared-world'

const ISO = (at: number) => new Date(at * 1_000).toISOString()

/** Returns the scope and the query of a seed: every kind of either, inside of each other and not. */
export function randomPair(seed: number): { scope: ShareScope; query: ShareQuery } {
  const random = randomOf(`pair ${seed}`)
  const one = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T
  const some = <T>(all: readonly T[]): T[] => {
    const chosen = all.filter(() => random() < 0.4)
    return chosen.length > 0 ? chosen : [one(all)]
  }
  const span = () => {
    const from = MIDNIGHT - Math.floor(random() * DAYS * 24) * HOUR
    const to = Math.min(NOW, from + one([1, 5, 24, 48, 24 * 4]) * HOUR)
    return { from, to }
  }
  const isChat = random() < 0.25
  const fixed = span()
  const scope = shareScope.parse({
    pages: isChat ? some(['overview', 'losses']) : some(SHARED_PAGES),
    source: isChat ? 'chat' : 'task',
    tasks: isChat
      ? { kind: 'all' }
      : one([
          { kind: 'all' },
          { kind: 'tasks', tasks: some(TASKS.map(({ taskId }) => taskId)) },
          { kind: 'tag', tag: one(['spring', 'vip', 'nobody has it']) },
        ]),
    vendors: random() < 0.5 ? null : some(VENDORS),
    range:
      random() < 0.5
        ? { mode: 'fixed', from: ISO(fixed.from), to: ISO(fixed.to) }
        : { mode: 'rolling', preset: one(PRESETS) },
    dates: one([{ kind: 'none' }, { kind: 'within' }, { kind: 'back', days: one([1, 3, 10]) }]),
    figures: one(['counts', 'rates']),
  })
  const wanted = span()
  const dates = one([
    {},
    {},
    { range: one(PRESETS) },
    { from: String(wanted.from), to: String(wanted.to) },
    { from: ISO(MIDNIGHT - 20 * DAY), to: ISO(NOW) },
  ])
  const task = () => one([...TASKS.map(({ taskId }) => taskId), 'task-of-nobody'])
  const query = shareQuery.parse({
    ...dates,
    ...(random() < 0.6 ? { page: one([...scope.pages, ...SHARED_PAGES]) } : {}),
    ...(random() < 0.2 ? { page: 'campaign', campaign: task() } : {}),
    ...(random() < 0.2 ? { task: random() < 0.5 ? [task()] : [task(), task()] } : {}),
    ...(random() < 0.25 ? { vendor: one([...VENDORS, 'oppo']) } : {}),
    ...(random() < 0.5 ? { interval: one(['none', 'hour', 'day']) } : {}),
    ...(random() < 0.6 ? { compare: one(['previous', 'weekday']) } : {}),
  })
  return { scope, query }
}
