import type { Switches } from '../../switches'
import { REASONS, reasonAt } from '../../world/reasons'
import type { Rows } from '../../world/rows'
import { VENDORS } from '../../world/vendors'
import type { World } from '../../world/world'
import { type JsonObject, succeeded } from '../answers'
import { campaignRows, chatRows, taskRows } from './select-rows'
import { tasksOf, type Window, windowOf } from './window'

const FIELDS = ['TotalCount', 'SentCount', 'DeliveredCount', 'ClickCount'] as const
const NEVER_SENT = REASONS.map((_, i) => i > 0 && reasonAt(i).where === 'before')

/** Answers all_member_push_statistics (page 71894). */
export function taskStatistics(world: World, body: JsonObject, now: number, switches: Switches): JsonObject {
  const window = windowOf(body, 'statistics', now, switches)
  const tasks = tasksOf(body)
  if (tasks.length === 0) {
    const counts = countAll(campaignRows(world, window, switches), window, switches)
    return succeeded({ Results: [{ TaskID: '', ...shape(counts, true, switches) }] })
  }
  const results = tasks.flatMap((TaskID) => {
    const rows = taskRows(world, TaskID, window.known)
    return rows ? [{ TaskID, ...shape(countAll([rows], window, switches), true, switches) }] : []
  })
  return succeeded({ Results: results })
}

/** Answers normal_push_statistics (page 71897): the same fields at the root, without EventType. */
export function chatStatistics(world: World, body: JsonObject, now: number, switches: Switches): JsonObject {
  const window = windowOf(body, 'statistics', now, switches)
  return succeeded(shape(countAll(chatRows(world, window, switches), window, switches), false, switches))
}

/** Counts four numbers per platform, stored consecutively. */
function countAll(all: Iterable<Rows>, window: Window, switches: Switches): Uint32Array {
  const counts = new Uint32Array(VENDORS.length * 4)
  for (const rows of all) count(rows, window, switches.countBy === 'event', counts)
  return counts
}

function count(rows: Rows, { from, to, known }: Window, byEvent: boolean, counts: Uint32Array): void {
  const { at, platform, reason, deliveredAt, clickedAt } = rows
  const last = Math.min(to - 1, known)
  const add = (i: number) => {
    counts[i] = (counts[i] ?? 0) + 1
  }
  for (let i = 0; i < rows.length; i++) {
    const sent = at[i] ?? 0
    if (sent > last) break
    const inside = sent >= from
    if (!inside && !byEvent) continue
    const row = (platform[i] ?? 0) * 4
    const delivered = deliveredAt[i] ?? 0
    const clicked = clickedAt[i] ?? 0
    if (inside) add(row)
    if (inside && !NEVER_SENT[reason[i] ?? 0]) add(row + 1)
    if (delivered > 0 && (byEvent ? delivered >= from && delivered <= last : delivered <= known)) add(row + 2)
    if (clicked > 0 && (byEvent ? clicked >= from && clicked <= last : clicked <= known)) add(row + 3)
  }
}

function shape(counts: Uint32Array, channels: boolean, switches: Switches): JsonObject {
  const totals = [0, 0, 0, 0]
  const rows: JsonObject[] = []
  for (let platform = 0; platform < VENDORS.length; platform++) {
    const four = counts.subarray(platform * 4, platform * 4 + 4)
    if (four.every((value) => value === 0)) continue
    const channel: JsonObject = channels ? { EventType: platform === 0 ? 2 : 1 } : {}
    rows.push({ ...channel, PushPlatform: platform, ...named(four) })
    four.forEach((value, i) => {
      totals[i] = (totals[i] ?? 0) + value
    })
  }
  const given = switches.totalsDisagree ? totals.map((value) => value + Math.floor(value / 20)) : totals
  return { ...named(given), PlatformStatistics: rows }
}

function named(four: ArrayLike<number>): JsonObject {
  return Object.fromEntries(FIELDS.map((field, i) => [field, four[i] ?? 0]))
}
