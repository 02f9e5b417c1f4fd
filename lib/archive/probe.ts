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
  gateway: Pick<Gateway, 'request'>
  upstreamApp(app: AppRow): UpstreamApp
  clock: Pick<Clock, 'dataS'>
}

/** What the probe has measured, as of `at` (epoch seconds). Null: not enough data yet. */
export interface ProbeResult {
  at: number
  /** Whether two half days add up to their day. */
  parts: AddUp | null
  /** Whether stored hours add up to their stored day. */
  hours: AddUp | null
  end: EndFound | null
  counted: 'sending' | 'event' | null
  lag: 'none' | 'day' | null
}

const EVERY_S = DAY
/** Used while nothing stored can be compared. */
const SOON_S = HOUR
/** After this, the counts of a push no longer grow. */
const SETTLED_S = 2 * DAY
const MOST_TASKS = 200
/** A small task may be inconclusive, so up to this many are tried. */
const TRIED = 3

const setting = (appId: string) => `probes:${appId}`

export async function readProbeResult(
  settings: Pick<Store['settings'], 'get'>,
  appId: string,
): Promise<ProbeResult | null> {
  const text = await settings.get(setting(appId))
  // Only `probe` writes this setting.
  return text === null ? null : (JSON.parse(text) as ProbeResult)
}

export async function isProbeDue(
  { store, clock }: Pick<ProbeDeps, 'store' | 'clock'>,
  appId: string,
): Promise<boolean> {
  const last = await readProbeResult(store.settings, appId)
  if (last === null) return true
  const nothing = last.parts === null && last.hours === null
  return Math.abs(clock.dataS() - last.at) >= (nothing ? SOON_S : EVERY_S)
}

/**
 * Measures what Tencent's documents leave open, with about fourteen calls at the lowest priority. An inconclusive
 * measurement keeps its earlier result. If parts do not add up to the whole, the app is collected by day.
 */
export async function probe(deps: ProbeDeps, app: AppRow): Promise<void> {
  const { store, clock } = deps
  const before = await readProbeResult(store.settings, app.id)
  const days = (await Promise.all(SOURCES.map((source) => settledDays(deps, app, source)))).flat()
  const found: ProbeResult = {
    at: clock.dataS(),
    parts: await halvesOf(deps, app, days),
    hours: hoursOf(days),
    lag: await measureLag(deps, app),
    ...(await measureTasks(deps, app)),
  }
  const merged = { ...before, ...Object.fromEntries(Object.entries(found).filter(([, value]) => value !== null)) }
  await store.settings.set(setting(app.id), JSON.stringify({ ...found, ...merged }))
  // An app collected by day stores no recent hours, so only the half days decide.
  const verdicts = [found.parts, app.byDay ? null : found.hours].filter((one) => one !== null)
  if (verdicts.length > 0) await store.apps.setByDay(app.id, verdicts.includes('differ'))
}

interface StoredDay extends Span {
  source: Source
  sent: number | null
  /** The `sent` of each hour. Null when an hour is not stored or was fetched while counts still grew. */
  hours: (number | null)[] | null
}

/** Returns the stored days whose counts no longer grow and that Tencent still answers for. */
async function settledDays({ store, clock }: ProbeDeps, app: AppRow, source: Source): Promise<StoredDay[]> {
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

function hoursOf(days: StoredDay[]): AddUp | null {
  const verdicts = days.flatMap(({ sent, hours }) => (hours ? (addUp(hours, sent) ?? []) : []))
  if (verdicts.length === 0) return null
  return verdicts.includes('differ') ? 'differ' : 'add_up'
}

/** Fetches the settled day with the most pushes as two half days. */
async function halvesOf(deps: ProbeDeps, app: AppRow, days: StoredDay[]): Promise<AddUp | null> {
  const [day] = days.sort((a, b) => (b.sent ?? 0) - (a.sent ?? 0))
  if (!day) return null
  const middle = day.from + DAY / 2
  const parts = await Promise.all(
    [
      { from: day.from, to: middle },
      { from: middle, to: day.to },
    ].map((span) => totalOf(deps, app, day.source, span)),
  )
  return addUp(
    parts.map((counts) => counts?.sent ?? null),
    day.sent,
  )
}

async function measureLag({ store, clock }: ProbeDeps, app: AppRow): Promise<ProbeResult['lag']> {
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

/** Measures what only a task with a known second of sending shows. */
async function measureTasks(deps: ProbeDeps, app: AppRow): Promise<Pick<ProbeResult, 'end' | 'counted'>> {
  const { store, clock } = deps
  const [earliest, latest] = [
    earliestAskable(HORIZON.statistics, clock.dataS()) + 2 * DAY,
    clock.dataS() - SETTLED_S - DAY,
  ]
  const tasks = (await store.tasks.list(app.id, MOST_TASKS)).flatMap(({ taskId, sentAt }) =>
    sentAt !== null && sentAt >= earliest && sentAt <= latest ? { taskId, at: sentAt } : [],
  )
  const task = tasks.find(({ at }) => isDecisive(at, app.utcOffsetMin)) ?? tasks[0]
  if (!task) return { end: null, counted: null }
  const from = task.at - DAY
  const sent = new Map<number, number | null>()
  let step = endStep(task.at, sent, app.utcOffsetMin)
  while ('ask' in step) {
    const counts = await totalOf(deps, app, 'task', { from, to: step.ask }, task.taskId)
    sent.set(step.ask, counts?.sent ?? null)
    step = endStep(task.at, sent, app.utcOffsetMin)
  }
  let counted: ProbeResult['counted'] = null
  for (const { at, taskId } of tasks.slice(0, TRIED)) {
    const first = await totalOf(deps, app, 'task', { from: at, to: at + DAY }, taskId)
    const second = await totalOf(deps, app, 'task', { from: at + DAY, to: at + 2 * DAY }, taskId)
    counted ??= first && second && countedBy(first, second)
    if (counted) break
  }
  return { end: step.found, counted }
}

/** Fetches Tencent's own total over a span. Null when the answer has none. */
async function totalOf(deps: ProbeDeps, app: AppRow, source: Source, span: Span, task = ''): Promise<Counts | null> {
  let total: Counts | null = null
  const endpoint = endpointOf(source, 'statistics')
  const { done } = deps.gateway.request({
    app: deps.upstreamApp(app),
    question:
      endpoint === 'all_member_push_statistics'
        ? { endpoint, ...span, tasks: task === '' ? [] : [task] }
        : { endpoint: 'normal_push_statistics', ...span },
    priority: 'fill',
    waiter: null,
    async storeAnswer(answer) {
      if (answer.kind === 'statistics') total = answer.results.find((one) => one.task === task)?.total ?? null
    },
  })
  await done
  return total
}
