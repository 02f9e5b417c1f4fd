import 'server-only'
import type { LossesReply } from '@/lib/contract/losses'
import type { SharedView } from '@/lib/contract/shares/view'

/** Numbers that are fractions. An exact fraction gives its counts away, so they are rounded to a tenth of a percent. */
const RATES = [
  'send',
  'delivery',
  'deliveryReporting',
  'deliveryRate',
  'click',
  'share',
  'cumulative',
  'unexplainedShare',
  'median',
]
/** Numbers that count neither messages nor devices. */
const OTHERS = ['platform', 'held', 'expected', 'retryAfterMs', 'age', 'ageHours', 'unreadable']

/**
 * Returns a page without counts: rates, shares and the numbers in `OTHERS` stay, and every other number is null. So a count
 * that is added to a report later is left out as well.
 */
export function ratesOnly(view: SharedView): SharedView {
  switch (view.page) {
    case 'losses':
      return withoutNumbers({ ...view, losses: withoutChanges(view.losses) })
    case 'campaign':
      return withoutNumbers({ ...view, losses: view.losses && withoutChanges(view.losses) })
    default:
      return withoutNumbers(view)
  }
}

/** Changes of losses are counts, and cannot be null by their parts. */
function withoutChanges(losses: LossesReply): LossesReply {
  return {
    ...losses,
    difference: null,
    stages: losses.stages.map((stage) => ({
      ...stage,
      change: null,
      gone: [],
      reasons: stage.reasons?.map((row) => ({ ...row, change: null })) ?? null,
    })),
  }
}

/** The fields stay as they are; only numbers become null, which the schema of the reply checks. */
function withoutNumbers<T>(reply: T): T {
  const text = JSON.stringify(reply, (name, value: unknown) => (typeof value === 'number' ? shown(name, value) : value))
  return JSON.parse(text) as T
}

function shown(name: string, value: number): number | null {
  if (RATES.includes(name)) return Math.round(value * 1_000) / 1_000
  return OTHERS.includes(name) ? value : null
}
