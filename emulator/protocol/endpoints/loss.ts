import type { Switches } from '../../switches'
import { reasonAt } from '../../world/reasons'
import type { Rows } from '../../world/rows'
import type { World } from '../../world/world'
import { type JsonObject, succeeded } from '../answers'
import { campaignRows, chatRows, taskRows } from './select-rows'
import { tasksOf, type Window, windowOf } from './window'

/** Answers all_member_push_loss (page 71895). */
export function taskLoss(world: World, body: JsonObject, now: number, switches: Switches): JsonObject {
  const window = windowOf(body, 'loss', now, switches)
  const tasks = tasksOf(body)
  if (tasks.length === 0) {
    const lost = tallyAll(campaignRows(world, window, switches), window, switches)
    return succeeded({ Results: [{ TaskID: '', ...shape(lost, true) }] })
  }
  const results = tasks.flatMap((TaskID) => {
    const rows = taskRows(world, TaskID, window.known)
    return rows ? [{ TaskID, ...shape(tallyAll([rows], window, switches), true) }] : []
  })
  return succeeded({ Results: results })
}

/** Answers normal_push_loss (page 71898), whose real nesting is unknown. */
export function chatLoss(world: World, body: JsonObject, now: number, switches: Switches): JsonObject {
  const window = windowOf(body, 'loss', now, switches)
  const arrays = shape(tallyAll(chatRows(world, window, switches), window, switches), false)
  return succeeded(switches.nestedLoss ? { Results: [arrays] } : arrays)
}

interface Lost {
  platform: number
  reason: number
  count: number
}

function tallyAll(all: Iterable<Rows>, { from, to, known }: Window, { countBy }: Switches): Lost[] {
  const tally = new Map<number, number>()
  const last = Math.min(to - 1, known)
  for (const { at, platform, reason, lostAt, length } of all) {
    for (let i = 0; i < length; i++) {
      const why = reason[i] ?? 0
      if (why === 0) continue
      const lost = lostAt[i] ?? 0
      const when = countBy === 'event' ? lost : (at[i] ?? 0)
      if (when < from || when > last || lost > known) continue
      const key = (platform[i] ?? 0) * 256 + why
      tally.set(key, (tally.get(key) ?? 0) + 1)
    }
  }
  return [...tally].map(([key, count]) => ({ platform: Math.floor(key / 256), reason: key % 256, count }))
}

function shape(lost: Lost[], channels: boolean): JsonObject {
  const before = lost.filter(({ reason }) => reasonAt(reason).where === 'before')
  const after = lost.filter(({ reason }) => reasonAt(reason).where !== 'before')
  return {
    ReadyToSendLoss: byCode(before),
    PostSendDeliveredLoss: byCode(after),
    PlatformReadyToSendLoss: byPlatform(before, channels),
    PlatformPostSendDeliveredLoss: byPlatform(after, channels),
  }
}

/** Returns one row per code, largest first. Its text is the most frequent one, as documented. */
function byCode(lost: Lost[]): JsonObject[] {
  const codes = grouped(lost, ({ reason }) => reasonAt(reason).code)
  const rows = [...codes].map(([ErrCode, of]) => ({
    ErrCode,
    ErrCount: of.reduce((sum, { count }) => sum + count, 0),
    ErrInfo: commonText(of),
  }))
  return rows.sort((a, b) => b.ErrCount - a.ErrCount || (a.ErrCode < b.ErrCode ? -1 : 1))
}

function byPlatform(lost: Lost[], channels: boolean): JsonObject[] {
  const platforms = grouped(lost, ({ platform }) => platform)
  return [...platforms]
    .sort(([a], [b]) => a - b)
    .flatMap(([PushPlatform, of]) => {
      const channel: JsonObject = channels ? { EventType: PushPlatform === 0 ? 2 : 1 } : {}
      return byCode(of).map((row) => ({ ...channel, PushPlatform, ...row }))
    })
}

/** Returns the most frequent text; on a tie, the one that sorts first. */
function commonText(lost: Lost[]): string {
  const texts = new Map<string, number>()
  for (const { reason, count } of lost) {
    const { text } = reasonAt(reason)
    texts.set(text, (texts.get(text) ?? 0) + count)
  }
  const [first] = [...texts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  return first?.[0] ?? ''
}

function grouped<K>(lost: Lost[], keyOf: (row: Lost) => K): Map<K, Lost[]> {
  const groups = new Map<K, Lost[]>()
  for (const row of lost) {
    const key = keyOf(row)
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return groups
}
