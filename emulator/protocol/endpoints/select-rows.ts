import type { Switches } from '../../switches'
import { dayOf } from '../../world/calendar'
import { secondsIn } from '../../world/ids'
import { MAX_EVENT_DELAY } from '../../world/outcome'
import type { Rows } from '../../world/rows'
import type { Day, World } from '../../world/world'
import type { Window } from './window'

/** Yields the days whose rows may count: sent in the window or, when counting by event, at most MAX_EVENT_DELAY before it. */
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

/** Returns the rows of one task, or null if the task is not known yet. */
export function taskRows(world: World, taskId: string, known: number): Rows | null {
  const at = secondsIn(taskId)
  if (at === null || at > known) return null
  return world.day(dayOf(at)).campaigns.find(({ campaign }) => campaign.taskId === taskId)?.rows ?? null
}
