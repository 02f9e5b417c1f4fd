import { dayOf, HOUR } from '../world/calendar'
import type { Devices } from '../world/devices'
import { userIdOf, userOf } from '../world/devices'
import { pushIdOf } from '../world/ids'
import { reasonAt } from '../world/reasons'
import type { Row } from '../world/rows'
import type { World } from '../world/world'

/** A push that support may be asked about, and the IDs to look it up. */
interface Case {
  case: string
  pushId?: string
  taskId?: string
  userId: string
}

type Group = { rows: Row[]; devices: Devices }

const only = ({ rows }: Group) => (rows.length === 1 ? rows[0] : undefined)
const where = (row: Row | undefined) => (row && row.reason > 0 ? reasonAt(row.reason).where : null)
const vendorRow = (group: Group) => group.rows.find(({ platform }) => platform > 0)
const quiet = (row: Row | undefined) =>
  row !== undefined && row.platform > 0 && row.reason === 0 && row.deliveredAt === 0

/** The interesting cases. Each predicate receives all rows of one push for one user. */
const CASES: Record<string, (group: Group) => boolean> = {
  'delivered and clicked': (group) => Boolean(only(group)?.deliveredAt && only(group)?.clickedAt && vendorRow(group)),
  'delivered, not clicked': (group) => Boolean(only(group)?.deliveredAt && !only(group)?.clickedAt && vendorRow(group)),
  'refused by vendor': (group) => where(only(group)) === 'vendor',
  'lost on the device': (group) => where(only(group)) === 'device',
  'not reported': (group) => quiet(only(group)) && !group.devices.muted(only(group)?.device ?? 0),
  'clicked, delivery not reported': (group) => quiet(only(group)) && (only(group)?.clickedAt ?? 0) > 0,
  'online only': ({ rows }) => rows.length > 0 && rows.every(({ platform }) => platform === 0),
  'online and offline': ({ rows }) => new Set(rows.map(({ device }) => device)).size < rows.length,
  'two devices': ({ rows }) => new Set(rows.map(({ device }) => device)).size > 1,
  'token missing': (group) => where(only(group)) === 'before' && group.devices.tokenMissing(only(group)?.device ?? 0),
  'certificate missing': (group) =>
    where(only(group)) === 'before' && group.devices.certMissing(only(group)?.device ?? 0),
  'notifications off': (group) => group.devices.muted(only(group)?.device ?? -1) && !only(group)?.deliveredAt,
}

/** Returns up to `limit` pushes per case and source, newest first, from the last six days, which can still be traced. */
export function samplePushes(world: World, until: number, limit: number): Case[] {
  const found = { task: new CaseCollector(world, until, limit), chat: new CaseCollector(world, until, limit) }
  for (let day = dayOf(until) - 1; day >= dayOf(until) - 6; day--) {
    const { chat, campaigns } = world.day(day)
    for (const { campaign, rows } of found.task.complete() ? [] : campaigns) {
      for (const [user, own] of groups(rows, ({ device }) => userOf(device))) {
        found.task.consider(own, { taskId: campaign.taskId, userId: userIdOf(user) })
      }
    }
    for (const [push, own] of found.chat.complete() ? [] : groups(chat, (row) => row.push)) {
      const { at = 0, device = 0 } = own[0] ?? {}
      found.chat.consider(own, {
        pushId: pushIdOf(world.seed, at, push, userOf(device)),
        userId: userIdOf(userOf(device)),
      })
    }
  }
  const all = [...found.task.list, ...found.chat.list]
  const taskId = all.find((one) => one.taskId !== undefined)?.taskId
  return taskId ? [...all, { case: 'unknown user', taskId, userId: 'nobody_at_all' }] : all
}

class CaseCollector {
  readonly list: Case[] = []
  private readonly count = new Map<string, number>()

  constructor(
    private readonly world: World,
    private readonly until: number,
    private readonly limit: number,
  ) {}

  complete(): boolean {
    return Object.keys(CASES).every((name) => (this.count.get(name) ?? 0) >= this.limit)
  }

  consider(rows: Row[], ids: Omit<Case, 'case'>): void {
    if (!finished(rows, this.until)) return
    for (const [name, fits] of Object.entries(CASES)) {
      const count = this.count.get(name) ?? 0
      if (count >= this.limit || !fits({ rows, devices: this.world.devices })) continue
      this.count.set(name, count + 1)
      this.list.push({ case: name, ...ids })
    }
  }
}

/** Returns whether every event of these rows has happened and they stay traceable for some time. */
function finished(rows: Row[], until: number): boolean {
  const last = Math.max(...rows.flatMap((row) => [row.at, row.deliveredAt, row.clickedAt, row.lostAt]))
  return last <= until && Math.min(...rows.map(({ at }) => at)) > until - 6 * 24 * HOUR
}

function groups(rows: Iterable<Row>, keyOf: (row: Row) => number): Map<number, Row[]> {
  const all = new Map<number, Row[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = all.get(key)
    if (group) group.push(row)
    else all.set(key, [row])
  }
  return all
}
