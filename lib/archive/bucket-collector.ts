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

export interface CollectDeps {
  store: Pick<Store, 'windows' | 'observations'>
  archive: Pick<Archive, 'fetch' | 'lives'>
  upstreamApp(app: AppRow): UpstreamApp
  clock: Pick<Clock, 'dataS'>
  timers: Pick<Timers, 'monotonicMs'>
  log?: { warn(fields: object, text: string): void }
}

/** One call runs while one waits: the lane never idles, and the next bucket is chosen as late as possible. */
const MAX_REQUESTED = 2
/** After a failure the lane and the bucket rest this long. A bucket that fails again waits `RETRY_LATER_S`. */
const REST_MS = 60_000
const RETRY_LATER_S = 900

/**
 * Requests the missing and stale buckets of one app and source. The stored windows say what is due; this class only
 * remembers the requests under way and recent failures.
 */
export class BucketCollector {
  readonly #requested = new Map<string, Metric>()
  readonly #restUntilMs = new Map<Metric, number>()
  readonly #retryAt = new Map<string, { until: number; times: number }>()
  #lookAt = -Infinity
  #plan: (WorkPlan & { madeAt: number }) | null = null
  #lateSince: number | null = null

  constructor(
    private readonly deps: CollectDeps,
    private readonly source: Source,
    /** Called when a request has ended, because another one may now be made. */
    private readonly changed: () => void,
  ) {}

  /** When to look again even if no request ends before. Epoch seconds, data time. */
  get lookAt(): number {
    return this.#lookAt
  }

  /** Since when the most overdue new or stale bucket waits. Epoch seconds; null when none does. */
  get lateSince(): number | null {
    return this.#lateSince
  }

  async collect(app: AppRow): Promise<void> {
    const nowS = this.deps.clock.dataS()
    if (nowS < this.#lookAt) return
    this.#lookAt = nowS + REST_MS / 1_000
    if (this.#isFull()) return
    const plan = await this.#currentPlan(app, nowS)
    plan.work = plan.work.filter((one) => this.#isFull() || !this.#request(app, one, plan.madeAt))
    // With work left, an ending request or lane rest triggers the next look.
    if (plan.work.length === 0) this.#lookAt = plan.nextAt
  }

  /** Returns the plan. Makes a new one when it is used up or a second old, because planning is not free. */
  async #currentPlan(app: AppRow, nowS: number): Promise<WorkPlan & { madeAt: number }> {
    if (this.#plan && this.#plan.work.length > 0 && Math.abs(nowS - this.#plan.madeAt) < 1) return this.#plan
    const held = await this.deps.store.windows.headers({ appId: app.id, source: this.source, from: planReach(nowS) })
    const plan = planWork({ held, nowS, offsetMin: app.utcOffsetMin, byDay: app.byDay, fillFrom: app.fillFrom })
    // The first fill is never late. Other buckets are late at the earliest since the app was connected.
    const overdue = plan.work.filter((one) => one.priority !== 'fill').map((one) => Math.max(one.dueAt, app.createdAt))
    this.#lateSince = overdue.length > 0 ? Math.min(...overdue) : null
    this.#plan = { ...plan, madeAt: nowS }
    return this.#plan
  }

  /** Requests one span. Returns false when it must wait. */
  #request(app: AppRow, work: Work, since: number): boolean {
    if (!work.due.some((metric) => this.#hasRoom(metric))) return false
    const metrics = work.metrics.filter((metric) => this.#isFree(metric, work))
    if (!work.due.some((metric) => metrics.includes(metric))) return false
    if (metrics.some((metric) => !this.#hasRoom(metric))) return false
    for (const metric of metrics) {
      const { from, to } = work
      const request = {
        app: this.deps.upstreamApp(app),
        source: this.source,
        metric,
        tasks: [''],
        window: { from, to },
      }
      this.#follow(metric, work, this.deps.archive.fetch(request, { priority: work.priority, waiter: null }, since))
    }
    return true
  }

  #follow(metric: Metric, work: Work, ticket: Ticket): void {
    const requested = key(metric, work)
    this.#requested.set(requested, metric)
    const failed = (error: unknown) => {
      this.#restUntilMs.set(metric, this.deps.timers.monotonicMs() + REST_MS)
      const times = (this.#retryAt.get(requested)?.times ?? 0) + 1
      this.#retryAt.set(requested, {
        until: this.deps.clock.dataS() + (times === 1 ? REST_MS / 1_000 : RETRY_LATER_S),
        times,
      })
      this.deps.log?.warn({ err: error, source: this.source, metric }, 'the collector got no answer')
    }
    const over = () => {
      this.#requested.delete(requested)
      this.#lookAt = -Infinity
      this.changed()
    }
    ticket.done.then(() => void this.#retryAt.delete(requested), failed).then(over)
  }

  #isFree(metric: Metric, work: Work): boolean {
    const requested = key(metric, work)
    return (
      !this.#isResting(metric) &&
      !this.#requested.has(requested) &&
      (this.#retryAt.get(requested)?.until ?? 0) <= this.deps.clock.dataS()
    )
  }

  #isFull(): boolean {
    return METRICS.every((metric) => !this.#hasRoom(metric))
  }

  #hasRoom(metric: Metric): boolean {
    const busy = [...this.#requested.values()].filter((one) => one === metric).length
    return busy < MAX_REQUESTED && !this.#isResting(metric)
  }

  #isResting(metric: Metric): boolean {
    return (this.#restUntilMs.get(metric) ?? -Infinity) > this.deps.timers.monotonicMs()
  }
}

function key(metric: Metric, { from, to }: Work): string {
  return `${metric} ${from} ${to}`
}
