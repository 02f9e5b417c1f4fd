import { dayOf } from './calendar'
import { type Campaign, planOf } from './campaign-plan'
import { sendOf } from './campaigns'
import { chatOf } from './chat-day'
import { Devices } from './devices'
import { type Incidents, incidentsBefore } from './incidents'
import type { SendContext } from './outcome'
import { mix, SeededRandom } from './random'
import { Rows } from './rows'

const HISTORY_DAYS = 35
const KEPT_DAYS = 60

export interface Day {
  chat: Rows
  campaigns: { campaign: Campaign; rows: Rows }[]
}

const EMPTY_DAY: Day = { campaigns: [], chat: new Rows(0) }

/**
 * The events of one app: a pure function of seed, app and anchor day. Local days are generated on demand and cached.
 * A day also holds future events; the reader filters by the visible second.
 */
export class World {
  readonly seed: number
  readonly devices: Devices
  readonly incidents: Incidents
  readonly firstDay: number
  private readonly anchorDay: number
  private readonly days = new Map<number, Day>()

  /** `anchor` is any epoch second of the day from which incidents count back. Fewer `users` make a smaller world. */
  constructor(
    seed: number,
    readonly sdkAppId: number,
    anchor: number,
    users?: number,
  ) {
    this.seed = mix(seed, sdkAppId)
    this.devices = new Devices(this.seed, users)
    this.anchorDay = dayOf(anchor)
    this.incidents = incidentsBefore(this.anchorDay)
    this.firstDay = this.anchorDay - HISTORY_DAYS
  }

  day(day: number): Day {
    if (day < this.firstDay) return EMPTY_DAY
    const found = this.days.get(day) ?? this.generate(day)
    this.days.delete(day)
    this.days.set(day, found)
    const [leastRecent] = this.days.keys()
    if (this.days.size > KEPT_DAYS && leastRecent !== undefined) this.days.delete(leastRecent)
    return found
  }

  /** Generates the history when idle, newest day first, so that no call has to wait for it. */
  generateHistory(day: number): void {
    if (day < this.firstDay) return
    this.day(day)
    setImmediate(() => this.generateHistory(day - 1)).unref()
  }

  /** Returns the campaigns planned for a day. Cheap, because it generates no rows. */
  plan(day: number): Campaign[] {
    if (day < this.firstDay) return []
    return planOf({ day, daysAgo: this.anchorDay - day }, this, this.random(day, 0))
  }

  /** Returns every campaign sent by the second `until`, oldest first. */
  campaigns(until: number): Campaign[] {
    const days = Math.max(0, dayOf(until) - this.firstDay + 1)
    const plans = Array.from({ length: days }, (_, n) => this.plan(this.firstDay + n))
    return plans.flat().filter(({ at }) => at <= until)
  }

  /** Yields the days with rows sent in the half-open [from, to), in epoch seconds. */
  *between(from: number, to: number): Generator<Day> {
    for (let day = Math.max(this.firstDay, dayOf(from)); day <= dayOf(to - 1); day++) yield this.day(day)
  }

  private generate(day: number): Day {
    return {
      chat: chatOf(day, this.sendContext(day, 1, { marketing: false, appeal: 1 })),
      campaigns: this.plan(day).map((campaign, n) => ({
        campaign,
        rows: sendOf(campaign, this.sendContext(day, 2 + n, campaign)),
      })),
    }
  }

  private random(day: number, n: number): SeededRandom {
    return new SeededRandom(mix(this.seed, 20, day, n))
  }

  private sendContext(day: number, n: number, kind: Pick<SendContext, 'marketing' | 'appeal'>): SendContext {
    const { marketing, appeal } = kind
    return { devices: this.devices, incidents: this.incidents, random: this.random(day, n), marketing, appeal }
  }
}
