import 'server-only'
import { DAY } from '@/lib/contract/limits'
import { METRICS, type Metric } from '@/lib/contract/sources'
import type { Ticket } from '@/lib/gateway/gateway'
import { planTasks, type TaskPlan, type TaskWork, taskReach } from '@/lib/report/collect/plan-tasks'
import type { Life } from '@/lib/report/tasks/life'
import type { AppRow } from '@/lib/store/people/apps'
import { isUpstreamError } from '@/lib/timpush/errors'
import type { FeederDeps } from './feeder'

/** A plan is good for this long, and a task that was registered is seen this soon. */
const PLAN_S = 15
const LOOK_S = 60
/** After a failure a lane is left alone this long, the tasks that failed this long, and one that was refused this long. */
const REST_MS = 60_000
const ASIDE_S = 900
const REFUSED_S = DAY

/** Observes the tasks of one app, one call at a time per lane. When one is due stands in the windows held of it. */
export class TaskFeeder {
  readonly #asked = new Set<Metric>()
  readonly #plans = new Map<Metric, TaskPlan & { madeAt: number }>()
  readonly #restUntil = new Map<Metric, number>()
  readonly #aside = new Map<string, number>()
  /** Refused together with others: asked for alone, until it is clear which of them it was. */
  readonly #alone = new Set<string>()
  #lookAt = -Infinity
  /** Tasks stand behind all else, and people name them: what they wait for is no lag of the archive. */
  readonly lateSince = null

  constructor(
    private readonly deps: FeederDeps,
    /** Called when an answer was kept or given up: there may be room for more. */
    private readonly changed: () => void,
  ) {}

  /** When to look again though nothing was answered, epoch seconds. */
  get lookAt(): number {
    return this.#lookAt
  }

  async feed(app: AppRow): Promise<void> {
    const nowS = this.deps.clock.dataS()
    if (nowS < this.#lookAt) return
    this.#lookAt = nowS + LOOK_S
    for (const metric of METRICS.filter((one) => this.#isFree(one))) {
      const plan = await this.#upToDate(app, metric, nowS)
      const at = plan.work.findIndex((one) => this.#take(app, metric, one, plan.madeAt))
      if (at >= 0) plan.work.splice(0, at + 1)
      this.#lookAt = Math.min(this.#lookAt, Math.max(plan.nextAt, nowS + PLAN_S))
    }
  }

  async #upToDate(app: AppRow, metric: Metric, nowS: number): Promise<TaskPlan & { madeAt: number }> {
    const before = this.#plans.get(metric)
    if (before && Math.abs(nowS - before.madeAt) < PLAN_S && (before.work.length > 0 || nowS < before.nextAt)) {
      return before
    }
    const span = { appId: app.id, metric, from: taskReach(metric, nowS) }
    const [tasks, held] = await Promise.all([
      this.deps.store.observations.subjects(span),
      this.deps.store.windows.taskHeaders(span),
    ])
    const plan = { ...planTasks(metric, { tasks, held, nowS }), madeAt: nowS }
    this.#plans.set(metric, plan)
    return plan
  }

  /** Makes one call of a work; false where all of it must wait. */
  #take(app: AppRow, metric: Metric, { lives, priority }: TaskWork, since: number): boolean {
    const ready = lives.filter(
      ({ task }) => (this.#aside.get(key(metric, task)) ?? -Infinity) <= this.deps.clock.dataS(),
    )
    const alone = ready.find(({ task }) => this.#alone.has(key(metric, task)))
    const asked = alone ? [alone] : ready
    if (asked.length === 0) return false
    const wanted = { app: this.deps.upstreamApp(app), metric, lives: asked }
    this.#await(metric, asked, this.deps.archive.lives.fetch(wanted, priority, since))
    return true
  }

  #await(metric: Metric, lives: Life[], ticket: Ticket): void {
    this.#asked.add(metric)
    const keys = lives.map(({ task }) => key(metric, task))
    const kept = () => {
      for (const one of keys) this.#alone.delete(one)
    }
    const failed = (error: unknown) => {
      this.deps.log?.warn({ err: error, metric }, 'the collector got no answer for tasks')
      // One task the upstream does not like must not keep four others from being observed.
      const refused = isUpstreamError(error) && error.kind === 'bad_request'
      if (!refused) this.#restUntil.set(metric, this.deps.timers.monotonicMs() + REST_MS)
      for (const one of keys) {
        if (refused && keys.length > 1) this.#alone.add(one)
        else this.#aside.set(one, this.deps.clock.dataS() + (refused ? REFUSED_S : ASIDE_S))
      }
    }
    const over = () => {
      this.#asked.delete(metric)
      this.#lookAt = -Infinity
      this.changed()
    }
    ticket.done.then(kept, failed).then(over)
  }

  #isFree(metric: Metric): boolean {
    return !this.#asked.has(metric) && (this.#restUntil.get(metric) ?? -Infinity) <= this.deps.timers.monotonicMs()
  }
}

function key(metric: Metric, task: string): string {
  return `${metric} ${task}`
}
