import 'server-only'
import { authorizeAdmin } from '@/lib/access/authorize'
import type { Principal } from '@/lib/access/principal'
import type { BackupsReply } from '@/lib/contract/installation/backups'
import type { Context } from '@/lib/service/context'

const HOUR_S = 3_600

/** Returns the backups and their schedule, for administrators of all apps. A place that does not answer is no error. */
export async function listBackups({ backups }: Pick<Context, 'backups'>, principal: Principal): Promise<BackupsReply> {
  authorizeAdmin(principal, null)
  const { supported, schedule, label, everyS, keep } = backups
  const found = supported ? await backups.list().catch(() => null) : []
  return {
    supported,
    to: label,
    everyHours: everyS === null ? null : everyS / HOUR_S,
    keep,
    items: (found ?? []).map(({ at, ...file }) => ({ ...file, at: new Date(at * 1_000).toISOString() })),
    unreachable: found === null,
    failed: schedule.failed === true,
  }
}
