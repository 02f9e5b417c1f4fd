import 'server-only'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { AGE_SECONDS } from '@/lib/contract/campaigns/task-ages'
import { type AgeWork, planAges } from '@/lib/report/collect/plan-ages'
import { taskReach } from '@/lib/report/collect/plan-tasks'
import { nearness } from '@/lib/report/tasks/counts-at-age'
import { canAskLater } from '@/lib/report/tasks/equal-age'
import { lifeOf, type SentTask } from '@/lib/report/tasks/life'
import type { AppRow } from '@/lib/store/people/apps'
import type { Store } from '@/lib/store/store'
import { isRefusal } from '@/lib/timpush/errors'
import type { CollectDeps } from './bucket-collector'
import { readProbeResult } from './probe'

/** How soon a campaign that was registered late is noticed, and how long the lane rests after a failure. */
const PLAN_S = 900

/** More at once would keep requests of readers waiting. */
const PART = 250
const AGES = Object.values(AGE_SECONDS)
/** No observation after this age is near one of the ages. */
const OBSERVED_UNTIL_S = Math.max(...AGES.map((age) => age + nearness(age))) + 1

const isNearAge = (seconds: number): boolean => AGES.some((age) => Math.abs(seconds - age) <= nearness(age))

export type AgeDeps = CollectDeps & { store: Pick<Store, 'windows' | 'observations' | 'settings'> }

/**
 * Fetches the ages at which no campaign of one app was observed, one window at a time, with the lowest priority. It does
 * so only where the probe has found that Tencent counts by time of event.
 */
export class AgeCollector {
  #work: AgeWork[] = []
  #plannedAt = -Infinity
  #isWaiting = false
  #lookAt = -Infinity
  readonly #refused = new Set<string>()
  /** Always null: what this collects is never due. */
  readonly lateSince = null

  constructor(
    private readonly deps: AgeDeps,
    /** Called when a request has ended, because another one may now be made. */
    private readonly changed: () => void,
  ) {}

  /** When to look again even if no request ends before. Epoch seconds, data time. */
  get lookAt(): number {
    return this.#lookAt
  }

  async collect(app: AppRow): Promise<void> {
    const nowS = this.deps.clock.dataS()
    if (nowS < this.#lookAt || this.#isWaiting) return
    if (this.#work.length === 0 && Math.abs(nowS - this.#plannedAt) >= PLAN_S) {
      this.#plannedAt = nowS
      this.#work = (await this.#plan(app, nowS)).filter((one) => !this.#refused.has(JSON.stringify(one)))
    }
    const next = this.#work.shift()
    this.#lookAt = Math.max(nowS, this.#plannedAt + PLAN_S)
    if (next) this.#request(app, next)
  }

  async #plan(app: AppRow, nowS: number): Promise<AgeWork[]> {
    const { store } = this.deps
    const habits = await readProbeResult(store.settings, app.id)
    // Without such windows no list of tasks is needed.
    if (habits === null || !canAskLater(habits)) return []
    const span = { appId: app.id, metric: 'statistics' as const, from: taskReach('statistics', nowS) }
    const [tasks, held] = await Promise.all([store.observations.subjects(span), store.windows.taskHeaders(span)])
    return planAges({ tasks, observed: await this.#observedAges(app, tasks, nowS), held, habits, nowS })
  }

  /**
   * Returns the observations near an age of each campaign. Thousands of campaigns have a million observations, so they are
   * read in parts, and only those that matter are kept.
   */
  async #observedAges(app: AppRow, tasks: SentTask[], nowS: number): Promise<Map<string, number[]>> {
    const found = new Map<string, number[]>()
    const sent = tasks
      .map((task) => lifeOf(task, 'statistics', nowS))
      .flatMap(({ task, sentAt }) => (sentAt === null ? [] : [{ task, sentAt }]))
      .sort((a, b) => a.sentAt - b.sentAt)
    for (let i = 0; i < sent.length; i += PART) {
      const part = sent.slice(i, i + PART)
      const [first, last] = [part[0]?.sentAt ?? 0, part.at(-1)?.sentAt ?? 0]
      const subject = { appId: app.id, tasks: part.map(({ task }) => task) }
      const within = { from: first, to: last + OBSERVED_UNTIL_S }
      const times = await this.deps.store.observations.times({ ...subject, within })
      for (const { task, sentAt } of part) {
        const near = (times.get(task) ?? []).filter((fetchedAt) => isNearAge(fetchedAt - sentAt))
        if (near.length > 0) found.set(task, near)
      }
      await nextTurn()
    }
    return found
  }

  #request(app: AppRow, work: AgeWork): void {
    const { task, from, to } = work
    this.#isWaiting = true
    const subject = { source: 'task', metric: 'statistics', tasks: [task], window: { from, to }, kept: true } as const
    const request = { app: this.deps.upstreamApp(app), ...subject, tasks: [task] }
    const over = (lookAt: number) => {
      this.#isWaiting = false
      this.#lookAt = lookAt
      this.changed()
    }
    this.deps.archive.fetch(request, { priority: 'fill', waiter: null }, to).done.then(
      () => over(-Infinity),
      (error: unknown) => {
        this.deps.log?.warn({ err: error, task }, 'the collector got no answer for an age of a task')
        if (isRefusal(error)) this.#refused.add(JSON.stringify(work))
        over(this.deps.clock.dataS() + PLAN_S)
      },
    )
  }
}
