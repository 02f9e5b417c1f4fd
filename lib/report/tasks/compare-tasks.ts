import {
  type AgedFunnel,
  type AtAge,
  TASK_AGES,
  type TaskAge,
  type TaskGrowth,
} from '@/lib/contract/campaigns/task-ages'
import type { ComparedAge, ComparedTask, CompareTasksReply } from '@/lib/contract/campaigns/task-comparison'
import type { VendorReply } from '@/lib/contract/funnel'
import { GROWS_FOR, MIN_VOLUME } from '@/lib/contract/limits'
import { differenceBetween, type Proportion, type RateDifference } from './chance'

type Compared = Pick<ComparedTask, 'taskId' | 'age' | 'gap' | 'counts' | 'delivery' | 'differences'>
type Place = Pick<VendorReply, 'vendor' | 'platform' | 'channel'>

/** `at` is the time of the counts in epoch seconds. */
export type TaskComparison = Omit<CompareTasksReply, 'tasks' | 'tz'> & { tasks: (Compared & { at: number | null })[] }

/** Returns the ages at which all campaigns have counts. */
export function commonAges(growth: readonly TaskGrowth[]): TaskAge[] {
  return TASK_AGES.filter((age) => growth.every(({ ages }) => ages[age].funnel !== null))
}

/**
 * Compares campaigns with the first of them at one age; undefined takes the largest age that all have, else their newest
 * counts. Deliveries are compared over the vendors that report all of them in every campaign, since another mix of
 * vendors with receipts is no difference of the campaigns. Newest counts of different ages are compared only once they
 * have stopped growing.
 */
export function compareTasks(growth: readonly TaskGrowth[], wanted: ComparedAge | undefined): TaskComparison {
  const ages = commonAges(growth)
  const age = wanted ?? ages.at(-1) ?? 'latest'
  const sides = growth.map((one) => ({ taskId: one.taskId, at: atAge(one, age) }))
  const funnels = sides.flatMap(({ at }) => at.funnel ?? [])
  const vendors = reportingInAll(funnels)
  const clickBasis = funnels.every(({ total }) => total.rates.clickBasis === 'delivered') ? 'delivered' : 'sent'
  const [first] = sides
  const rates = (side: AgedFunnel) => ({
    send: proportion(side.total.sent, side.total.sendable),
    delivery: deliveryOver(vendors, side),
    click: proportion(side.total.clicked, side.total[clickBasis]),
  })
  const base = first?.at.funnel ? rates(first.at.funnel) : null
  return {
    age,
    ages,
    vendors,
    clickBasis,
    tasks: sides.map(({ taskId, at }, i) => {
      const own = at.funnel && rates(at.funnel)
      const delivery = own?.delivery ?? null
      return {
        taskId,
        age: at.funnel && Math.round(at.funnel.age),
        at: at.funnel && Math.round(at.funnel.at),
        gap: at.gap,
        counts: at.funnel?.total ?? null,
        delivery: delivery && {
          sent: delivery.whole,
          delivered: delivery.part,
          rate: delivery.whole < MIN_VOLUME ? null : delivery.part / delivery.whole,
        },
        differences:
          i === 0 || !own || !base || (age === 'latest' && !isSameAge(first?.at.funnel, at.funnel))
            ? null
            : {
                send: between(base.send, own.send),
                delivery: between(base.delivery, own.delivery),
                click: between(base.click, own.click),
              },
      }
    }),
  }
}

/** Newest counts may differ by this share of their age, and this time. Counts at a chosen age are near it already. */
const [NEAR_SHARE, NEAR_S] = [0.15, 1_200]

/** Returns whether newest counts can be compared: their ages are about equal, or both have stopped growing. */
function isSameAge(a: AgedFunnel | null | undefined, b: AgedFunnel | null): boolean {
  if (!a || !b) return false
  const [younger, older] = [Math.min(a.age, b.age), Math.max(a.age, b.age)]
  return younger >= GROWS_FOR || older - younger <= NEAR_SHARE * older + NEAR_S
}

function atAge({ ages, latest }: TaskGrowth, age: ComparedAge): AtAge {
  if (age !== 'latest') return ages[age]
  return latest ? { funnel: latest, gap: null } : { funnel: null, gap: 'not_collected' }
}

function between(a: Proportion | null, b: Proportion | null): RateDifference | null {
  return a && b && differenceBetween(a, b)
}

function proportion(part: number | null, whole: number | null): Proportion | null {
  return part === null || whole === null ? null : { part, whole }
}

const isSamePlace = (a: Place, b: Place) => a.vendor === b.vendor && a.channel === b.channel

/** Returns the vendors that sent something and report all deliveries in every campaign. */
function reportingInAll([first, ...others]: AgedFunnel[]): Place[] {
  const reports = (row: VendorReply) => row.delivery === 'reported' && (row.sent ?? 0) > 0 && row.delivered !== null
  return (first?.vendors ?? [])
    .filter((row) => reports(row) && others.every((one) => one.vendors.some((o) => isSamePlace(o, row) && reports(o))))
    .map(({ vendor, platform, channel }) => ({ vendor, platform, channel }))
}

/** Returns sent and delivered over these vendors; null without any. */
function deliveryOver(places: Place[], { vendors }: AgedFunnel): Proportion | null {
  if (places.length === 0) return null
  const rows = vendors.filter((row) => places.some((place) => isSamePlace(place, row)))
  return {
    part: rows.reduce((sum, { delivered }) => sum + (delivered ?? 0), 0),
    whole: rows.reduce((sum, { sent }) => sum + (sent ?? 0), 0),
  }
}
