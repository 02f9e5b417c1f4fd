import 'server-only'
import { authorizeAdmin } from '@/lib/access/authorize'
import type { Principal } from '@/lib/access/principal'
import type { FailedSignInsQuery, FailedSignInsReply } from '@/lib/contract/access/audit'
import type { Context } from '@/lib/service/context'
import { auditNames } from './audit-names'
import { auditSpan } from './audit-span'

/** Returns how often sign-in failed per hour, account and network, newest first. For administrators of all apps. */
export async function listFailedSignIns(
  ctx: Context,
  principal: Principal,
  asked: FailedSignInsQuery,
): Promise<FailedSignInsReply> {
  const { query } = authorizeAdmin(principal, asked)
  const { from = 0, to = Number.MAX_SAFE_INTEGER } = auditSpan(query)
  const [rows, names] = await Promise.all([ctx.store.audit.failedSignIns.list(from, to, query.limit), auditNames(ctx)])
  const items = rows.map(({ hour, personId, address, count }) => ({
    hour: new Date(hour * 1_000).toISOString(),
    person: personId === null ? null : { id: personId, name: names.person(personId) },
    network: address,
    count,
  }))
  return { items, next: null }
}
