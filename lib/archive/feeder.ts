import 'server-only'
import type { Clock } from '@/lib/contract/clock'
import { METRICS, type Metric, type Source } from '@/lib/contract/sources'
import type { Ticket } from '@/lib/gateway/gateway'
import type { Timers } from '@/lib/gateway/timers'
import { planReach, planWork, type Work, type WorkPlan } from '@/lib/report/collect/plan-work'
import type { AppRow } from '@/lib/store/people/apps'
import type { Store } from '@/lib/store/store'
import type { UpstreamApp } from '@/lib/timpush/tim-push'
import type { Archive } from './archive'

export interface FeederDeps {
  store: Pick<Store, 'windows' | 'observations'>
  archive: Pick<Archive, 'fetch' | 'lives'>
  upstreamApp(app: AppRow): UpstreamApp
  clock: Pick<Clock, 'dataS'>
  timers: Pick<Timers, 'monotonicMs'>
  log?: { warn(fields: object, text: string): void }
}

/** One is called while one waits, so that a lane never idles and what comes after is decided as late as can be. */
const AT_ONCE = 2
/** After a failure a lane is left alone this long, and so is the question; one that fails again is left alone for longer. */
const REST_MS = 60_000
const ASIDE_S = 900

/** Keeps the lanes of one app and source supplied. What is due stands in the windows held; only what is asked is here. */
export class Feeder {
  readonly #asked = new Map<string, Metric>()
  readonly #restUntil = new Map<Metric, number>()
  readonly #aside = new Map<string, { until: number; times: number }>()
  #lookAt = -Infinity
  #plan: (WorkPlan & { madeAt: number }) | null = null
  #lateSince: number | null = null

  constructor(
    private readonly deps: FeederDeps,
    private readonly source: Source,
    /** Called when an answer was kept or given up: there may be room for more. */
    private readonly changed: () => void,
  ) {}

  /** When to look again though nothing was answered, epoch seconds. */
  get lookAt(): number {
    return this.#lookAt
  }

  /** Since when something news or grown waits to be fetched, epoch seconds; null when nothing does. */
  get lateSince(): number | null {
    return this.#lateSince
  }

  async feed(app: AppRow): Promise<void> {
    const nowS = this.deps.clock.dataS()
    if (nowS < this.#lookAt) return
    this.#lookAt = nowS + REST_MS / 1_000
    if (this.#full()) return
    const plan = await this.#upToDate(app, nowS)
    plan.work = plan.work.filter((one) => this.#full() || !this.#take(app, one, plan.madeAt))
    // What is left waits for an answer, or for a lane's rest to end.
    if (plan.work.length === 0) this.#lookAt = plan.nextAt
  }

  /** The plan, made anew when it has nothing left or is a second old: to plan is cheap, but not free. */
  async #upToDate(app: AppRow, nowS: number): Promise<WorkPlan & { madeAt: number }> {
    if (this.#plan && this.#plan.work.length > 0 && Math.abs(nowS - this.#plan.madeAt) < 1) return this.#plan
    const held = await this.deps.store.windows.headers({ appId: app.id, source: this.source, from: planReach(nowS) })
    const plan = planWork({ held, nowS, offsetMin: app.utcOffsetMin, byDay: app.byDay })
    // A first fill is not late; what was due before the app was connected and must not wait does so since then alone.
    const overdue = plan.work.filter((one) => one.priority !== 'fill').map((one) => Math.max(one.dueAt, app.createdAt))
    this.#lateSince = overdue.length > 0 ? Math.min(...overdue) : null
    this.#plan = { ...plan, madeAt: nowS }
    return this.#plan
  }

  /** Asks for one span; false where it must wait. */
  #take(app: AppRow, work: Work, since: number): boolean {
    if (!work.due.some((metric) => this.#room(metric))) return false
    const metrics = work.metrics.filter((metric) => this.#free(metric, work))
    if (!work.due.some((metric) => metrics.includes(metric))) return false
    if (metrics.some((metric) => !this.#room(metric))) return false
    for (const metric of metrics) {
      const { from, to } = work
      const wanted = { app: this.deps.upstreamApp(app), source: this.source, metric, tasks: [''], window: { from, to } }
      this.#await(metric, work, this.deps.archive.fetch(wanted, work.priority, since))
    }
    return true
  }

  #await(metric: Metric, work: Work, ticket: Ticket): void {
    const asked = key(metric, work)
    this.#asked.set(asked, metric)
    const failed = (error: unknown) => {
      this.#restUntil.set(metric, this.deps.timers.monotonicMs() + REST_MS)
      const times = (this.#aside.get(asked)?.times ?? 0) + 1
      this.#aside.set(asked, { until: this.deps.clock.dataS() + (times === 1 ? REST_MS / 1_000 : ASIDE_S), times })
      this.deps.log?.warn({ err: error, source: this.source, metric }, 'the collector got no answer')
    }
    const over = () => {
      this.#asked.delete(asked)
      this.#lookAt = -Infinity
      this.changed()
    }
    ticket.done.then(() => void this.#aside.delete(asked), failed).then(over)
  }

  #free(metric: Metric, work: Work): boolean {
    const asked = key(metric, work)
    return (
      !this.#rests(metric) && !this.#asked.has(asked) && (this.#aside.get(asked)?.until ?? 0) <= this.deps.clock.dataS()
    )
  }

  #full(): boolean {
    return METRICS.every((metric) => !this.#room(metric))
  }

  #room(metric: Metric): boolean {
    const busy = [...this.#asked.values()].filter((one) => one === metric).length
    return busy < AT_ONCE && !this.#rests(metric)
  }

  #rests(metric: Metric): boolean {
    return (this.#restUntil.get(metric) ?? -Infinity) > this.deps.timers.monotonicMs()
  }
}

function key(metric: Metric, { from, to }: Work): string {
  return `${metric} ${from} ${to}`
}
