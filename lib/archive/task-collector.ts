import 'server-only'
import { DAY } from '@/lib/contract/limits'
import { METRICS, type Metric } from '@/lib/contract/sources'
import type { Ticket } from '@/lib/gateway/gateway'
import { planTasks, type TaskPlan, type TaskWork, taskReach } from '@/lib/report/collect/plan-tasks'
import type { Life } from '@/lib/report/tasks/life'
import type { AppRow } from '@/lib/store/people/apps'
import { isRefusal } from '@/lib/timpush/errors'
import type { CollectDeps } from './bucket-collector'

/** How long a plan is valid, and so how soon a newly registered task is noticed. */
const PLAN_S = 15
const LOOK_S = 60
/** How long the lane, the failed tasks and a refused task wait after a failure. */
const REST_MS = 60_000
const RETRY_LATER_S = 900
const REFUSED_S = DAY

/** Observes the tasks of one app, one call at a time per lane. A task's stored windows say when it is due. */
export class TaskCollector {
  readonly #requested = new Set<Metric>()
  readonly #plans = new Map<Metric, TaskPlan & { madeAt: number }>()
  readonly #restUntilMs = new Map<Metric, number>()
  readonly #retryAt = new Map<string, number>()
  /** Tasks of a refused call: each is requested alone until the refused one is known. */
  readonly #alone = new Set<string>()
  #lookAt = -Infinity
  /** Always null: tasks have the lowest priority, so a waiting task is no lag of the archive. */
  readonly lateSince = null

  constructor(
    private readonly deps: CollectDeps,
    /** Called when a request has ended, because another one may now be made. */
    private readonly changed: () => void,
  ) {}

  /** When to look again even if no request ends before. Epoch seconds, data time. */
  get lookAt(): number {
    return this.#lookAt
  }

  async collect(app: AppRow): Promise<void> {
    const nowS = this.deps.clock.dataS()
    if (nowS < this.#lookAt) return
    this.#lookAt = nowS + LOOK_S
    for (const metric of METRICS.filter((one) => this.#isFree(one))) {
      const plan = await this.#currentPlan(app, metric, nowS)
      const at = plan.work.findIndex((one) => this.#request(app, metric, one, plan.madeAt))
      if (at >= 0) plan.work.splice(0, at + 1)
      // An app without tasks is often about to get its first ones.
      const nextAt = plan.nextAt === Infinity ? nowS : plan.nextAt
      this.#lookAt = Math.min(this.#lookAt, Math.max(nextAt, nowS + PLAN_S))
    }
  }

  async #currentPlan(app: AppRow, metric: Metric, nowS: number): Promise<TaskPlan & { madeAt: number }> {
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

  /** Makes one call for the work. Returns false when all its tasks must wait. */
  #request(app: AppRow, metric: Metric, { lives, priority }: TaskWork, since: number): boolean {
    const ready = lives.filter(
      ({ task }) => (this.#retryAt.get(key(metric, task)) ?? -Infinity) <= this.deps.clock.dataS(),
    )
    const alone = ready.find(({ task }) => this.#alone.has(key(metric, task)))
    const chosen = alone ? [alone] : ready
    if (chosen.length === 0) return false
    const request = { app: this.deps.upstreamApp(app), metric, lives: chosen }
    this.#follow(metric, chosen, this.deps.archive.lives.fetch(request, priority, since))
    return true
  }

  #follow(metric: Metric, lives: Life[], ticket: Ticket): void {
    this.#requested.add(metric)
    const keys = lives.map(({ task }) => key(metric, task))
    const stored = () => {
      for (const one of keys) this.#alone.delete(one)
    }
    const failed = (error: unknown) => {
      this.deps.log?.warn({ err: error, metric }, 'the collector got no answer for tasks')
      // One refused task must not block the observation of four others.
      const refused = isRefusal(error)
      if (!refused) this.#restUntilMs.set(metric, this.deps.timers.monotonicMs() + REST_MS)
      for (const one of keys) {
        if (refused && keys.length > 1) this.#alone.add(one)
        else this.#retryAt.set(one, this.deps.clock.dataS() + (refused ? REFUSED_S : RETRY_LATER_S))
      }
    }
    const over = () => {
      this.#requested.delete(metric)
      this.#lookAt = -Infinity
      this.changed()
    }
    ticket.done.then(stored, failed).then(over)
  }

  #isFree(metric: Metric): boolean {
    return (
      !this.#requested.has(metric) && (this.#restUntilMs.get(metric) ?? -Infinity) <= this.deps.timers.monotonicMs()
    )
  }
}

function key(metric: Metric, task: string): string {
  return `${metric} ${task}`
}
