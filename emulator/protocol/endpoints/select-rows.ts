import type { Switches } from '../../switches'
import { dayOf } from '../../world/calendar'
import { secondsIn } from '../../world/ids'
import { MAX_EVENT_DELAY } from '../../world/outcome'
import type { Rows } from '../../world/rows'
import type { Day, World } from '../../world/world'
import type { Window } from './window'

/** The days whose rows may matter: sent in the window or, counting by event, not so long before it that all is over. */
function daysOf(world: World, window: Window, switches: Switches): Generator<Day> {
  const from = switches.countBy === 'event' ? window.from - MAX_EVENT_DELAY : window.from
  return world.between(from, Math.min(window.to, window.known + 1))
}

export function* chatRows(world: World, window: Window, switches: Switches): Generator<Rows> {
  for (const day of daysOf(world, window, switches)) yield day.chat
}

export function* campaignRows(world: World, window: Window, switches: Switches): Generator<Rows> {
  for (const day of daysOf(world, window, switches)) for (const { rows } of day.campaigns) yield rows
}

/** The rows of one task, or null where no such task is known yet. */
export function taskRows(world: World, taskId: string, known: number): Rows | null {
  const at = secondsIn(taskId)
  if (at === null || at > known) return null
  return world.day(dayOf(at)).campaigns.find(({ campaign }) => campaign.taskId === taskId)?.rows ?? null
}
