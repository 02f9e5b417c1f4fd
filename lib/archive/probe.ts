import 'server-only'
import type { Clock } from '@/lib/contract/clock'
import { DAY, HORIZON, HOUR } from '@/lib/contract/limits'
import type { Counts } from '@/lib/contract/records'
import { endpointOf, SOURCES, type Source } from '@/lib/contract/sources'
import type { Gateway } from '@/lib/gateway/gateway'
import { bucketsIn } from '@/lib/report/collect/plan-buckets'
import { type AddUp, addUp, countedBy, type EndFound, endStep, isDecisive, lagOf } from '@/lib/report/collect/probe'
import { earliestAskable, type Span } from '@/lib/report/range/windows'
import type { AppRow } from '@/lib/store/people/apps'
import type { Store } from '@/lib/store/store'
import type { UpstreamApp } from '@/lib/timpush/tim-push'

export interface ProbeDeps {
  store: Pick<Store, 'apps' | 'windows' | 'tasks' | 'settings'>
  gateway: Pick<Gateway, 'ask'>
  upstreamApp(app: AppRow): UpstreamApp
  clock: Pick<Clock, 'dataS'>
}

/** What was found out about the upstream at that second; null where it cannot be told yet. */
export interface Probed {
  at: number
  /** A day in two parts against the whole. */
  parts: AddUp | null
  /** Held hours against their held days. */
  hours: AddUp | null
  end: EndFound | null
  counted: 'sending' | 'event' | null
  lag: 'none' | 'day' | null
}

const EVERY_S = DAY
/** As long as nothing is held that could be compared. */
const SOON_S = HOUR
/** Nothing is heard of a push any more after this. */
const SETTLED_S = 2 * DAY
const MOST_TASKS = 200
/** A small task tells little: so many are asked after. */
const TRIED = 3

const setting = (appId: string) => `probes:${appId}`

export async function probed(settings: Pick<Store['settings'], 'get'>, appId: string): Promise<Probed | null> {
  const text = await settings.get(setting(appId))
  // Only `probe` writes this setting.
  return text === null ? null : (JSON.parse(text) as Probed)
}

export async function isProbeDue(
  { store, clock }: Pick<ProbeDeps, 'store' | 'clock'>,
  appId: string,
): Promise<boolean> {
  const last = await probed(store.settings, appId)
  if (last === null) return true
  const nothing = last.parts === null && last.hours === null
  return Math.abs(clock.dataS() - last.at) >= (nothing ? SOON_S : EVERY_S)
}

/**
 * Finds out what the documents leave open, by some fourteen calls at most, behind everything else. What cannot be told now
 * keeps what was found before. Where parts do not make up the whole, the app is collected by the day.
 */
export async function probe(deps: ProbeDeps, app: AppRow): Promise<void> {
  const { store, clock } = deps
  const before = await probed(store.settings, app.id)
  const days = (await Promise.all(SOURCES.map((source) => settledDays(deps, app, source)))).flat()
  const found: Probed = {
    at: clock.dataS(),
    parts: await partsOf(deps, app, days),
    hours: hoursOf(days),
    lag: await lagFound(deps, app),
    ...(await ofTasks(deps, app)),
  }
  const kept = { ...before, ...Object.fromEntries(Object.entries(found).filter(([, value]) => value !== null)) }
  await store.settings.set(setting(app.id), JSON.stringify({ ...found, ...kept }))
  // Hours that are not kept any more say nothing of today: then the parts decide alone.
  const verdicts = [found.parts, app.byDay ? null : found.hours].filter((one) => one !== null)
  if (verdicts.length > 0) await store.apps.setByDay(app.id, verdicts.includes('differ'))
}

interface DayHeld extends Span {
  source: Source
  sent: number | null
  /** Of each hour; null where one of them is not held, or was fetched while counts still grew. */
  hours: (number | null)[] | null
}

/** Days held whose counts do not grow any more and that can still be asked for. */
async function settledDays({ store, clock }: ProbeDeps, app: AppRow, source: Source): Promise<DayHeld[]> {
  const subject = { appId: app.id, source, metric: 'statistics' as const, task: '' }
  const span = { from: earliestAskable(HORIZON.statistics, clock.dataS()), to: clock.dataS() - SETTLED_S }
  const isSettled = (one: { to: number; fetchedAt: number }) => one.fetchedAt >= one.to + SETTLED_S
  const [days, hours] = await Promise.all(
    [DAY, HOUR].map(async (seconds) =>
      (await store.windows.within({ ...subject, ...span, seconds })).filter(isSettled),
    ),
  )
  const sentAt = new Map(hours?.map((hour) => [hour.from, hour.counts?.total.sent ?? null]))
  return (days ?? []).map(({ from, to, counts }) => {
    const own = bucketsIn('hour', { from, to }, 0).map((hour) => sentAt.get(hour.from))
    const whole = own.filter((sent) => sent !== undefined)
    const sent = counts?.total.sent ?? null
    return { source, from, to, sent, hours: whole.length * HOUR === to - from ? whole : null }
  })
}

function hoursOf(days: DayHeld[]): AddUp | null {
  const verdicts = days.flatMap(({ sent, hours }) => (hours ? (addUp(hours, sent) ?? []) : []))
  if (verdicts.length === 0) return null
  return verdicts.includes('differ') ? 'differ' : 'add_up'
}

/** The settled day with the most pushes, asked for in two parts. */
async function partsOf(deps: ProbeDeps, app: AppRow, days: DayHeld[]): Promise<AddUp | null> {
  const [day] = days.sort((a, b) => (b.sent ?? 0) - (a.sent ?? 0))
  if (!day) return null
  const middle = day.from + DAY / 2
  const parts = await Promise.all(
    [
      { from: day.from, to: middle },
      { from: middle, to: day.to },
    ].map((span) => ask(deps, app, day.source, span)),
  )
  return addUp(
    parts.map((counts) => counts?.sent ?? null),
    day.sent,
  )
}

async function lagFound({ store, clock }: ProbeDeps, app: AppRow): Promise<Probed['lag']> {
  const span = { from: clock.dataS() - 4 * DAY, to: clock.dataS(), seconds: HOUR }
  const found = await Promise.all(
    SOURCES.map(async (source) => {
      const held = await store.windows.within({ appId: app.id, source, metric: 'statistics', task: '', ...span })
      const hours = held.map(({ from, fetchedAt, counts }) => ({ from, fetchedAt, sent: counts?.total.sent ?? null }))
      return lagOf(hours, clock.dataS(), app.utcOffsetMin)
    }),
  )
  return found.includes('none') ? 'none' : (found.find((one) => one !== null) ?? null)
}

/** What only a task of a known second can tell. */
async function ofTasks(deps: ProbeDeps, app: AppRow): Promise<Pick<Probed, 'end' | 'counted'>> {
  const { store, clock } = deps
  const [earliest, latest] = [
    earliestAskable(HORIZON.statistics, clock.dataS()) + 2 * DAY,
    clock.dataS() - SETTLED_S - DAY,
  ]
  const known = (await store.tasks.list(app.id, MOST_TASKS)).flatMap(({ taskId, sentAt }) =>
    sentAt !== null && sentAt >= earliest && sentAt <= latest ? { taskId, at: sentAt } : [],
  )
  const task = known.find(({ at }) => isDecisive(at, app.utcOffsetMin)) ?? known[0]
  if (!task) return { end: null, counted: null }
  const from = task.at - DAY
  const sent = new Map<number, number | null>()
  let step = endStep(task.at, sent, app.utcOffsetMin)
  while ('ask' in step) {
    const counts = await ask(deps, app, 'task', { from, to: step.ask }, task.taskId)
    sent.set(step.ask, counts?.sent ?? null)
    step = endStep(task.at, sent, app.utcOffsetMin)
  }
  let counted: Probed['counted'] = null
  for (const { at, taskId } of known.slice(0, TRIED)) {
    const first = await ask(deps, app, 'task', { from: at, to: at + DAY }, taskId)
    const second = await ask(deps, app, 'task', { from: at + DAY, to: at + 2 * DAY }, taskId)
    counted ??= first && second && countedBy(first, second)
    if (counted) break
  }
  return { end: step.found, counted }
}

/** The upstream's own total over a span; null where it gave none. */
async function ask(deps: ProbeDeps, app: AppRow, source: Source, span: Span, task = ''): Promise<Counts | null> {
  let total: Counts | null = null
  const endpoint = endpointOf(source, 'statistics')
  const { done } = deps.gateway.ask({
    app: deps.upstreamApp(app),
    question:
      endpoint === 'all_member_push_statistics'
        ? { endpoint, ...span, tasks: task === '' ? [] : [task] }
        : { endpoint: 'normal_push_statistics', ...span },
    priority: 'fill',
    async keep(answer) {
      if (answer.kind === 'statistics') total = answer.results.find((one) => one.task === task)?.total ?? null
    },
  })
  await done
  return total
}
