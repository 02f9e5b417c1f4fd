import { DAY } from '../world/calendar'
import { userIdOf, userOf } from '../world/devices'
import { pushIdOf } from '../world/ids'
import { reasonAt } from '../world/reasons'
import type { Row } from '../world/rows'
import type { World } from '../world/world'

/** Returns what happened to one push, in neutral terms and epoch seconds. Ignores the upstream's retention. */
export function truthOfTrace(world: World, query: URLSearchParams, until: number) {
  const rows: Row[] = []
  const sent = Number.parseInt((query.get('pushId') ?? query.get('taskId') ?? '').replace('batch_', ''), 16) || 0
  for (const day of world.between(sent - DAY, sent + DAY)) {
    for (const { campaign, rows: all } of day.campaigns) {
      if (campaign.taskId === query.get('taskId')) {
        rows.push(...[...all].filter(({ device }) => userIdOf(userOf(device)) === query.get('userId')))
      }
    }
    const pushId = query.get('pushId')
    if (pushId === null) continue
    for (const row of day.chat) {
      if (!pushId.startsWith(`${row.at.toString(16)}_`)) continue
      if (pushIdOf(world.seed, row.at, row.push, userOf(row.device)) === pushId) rows.push(row)
    }
  }
  return { devices: rows.filter(({ at }) => at <= until).map((row) => neutralTrace(world, row, until)) }
}

function neutralTrace(world: World, row: Row, until: number) {
  const reason = row.reason > 0 && row.lostAt <= until ? reasonAt(row.reason) : null
  const before = (at: number) => (at > 0 && at <= until ? at : null)
  return {
    instance: world.devices.instance(row.device),
    platform: row.platform,
    path: row.platform === 0 ? 'online' : 'offline',
    pushedAt: row.at,
    deliveredAt: before(row.deliveredAt),
    clickedAt: before(row.clickedAt),
    lost: reason && {
      where: reason.where,
      code: reason.code,
      number: reason.number,
      text: reason.text,
      at: row.lostAt,
    },
  }
}
