import 'server-only'
import { authorizeAdmin } from '@/lib/access/authorize'
import type { Principal } from '@/lib/access/principal'
import type { AuditEntryReply, AuditName, AuditQuery, AuditReply, ChainReply } from '@/lib/contract/access/audit'
import type { Context } from '@/lib/service/context'
import type { AuditEntry } from '@/lib/store/people/audit'
import { type AuditNames, auditNames } from './audit-names'
import { auditSpan } from './audit-span'

/** Returns a page of the audit, newest first, for administrators of all apps. Throws `not_signed_in` or `forbidden`. */
export async function listAudit(ctx: Context, principal: Principal, asked: AuditQuery): Promise<AuditReply> {
  const { query } = authorizeAdmin(principal, asked)
  const { actor, action, app, cursor, limit } = query
  const filter = { actor, action, appId: app, before: cursor, limit }
  const [{ items, next }, names, chain] = await Promise.all([
    ctx.store.audit.list({ ...filter, ...auditSpan(query) }),
    auditNames(ctx),
    checkedChain(ctx),
  ])
  return { items: items.map((entry) => entryReply(entry, names)), next: next === null ? null : String(next), chain }
}

/** Returns what the filter can offer: everybody who acted, with a name, and every action. */
export async function auditChoices(
  ctx: Context,
  principal: Principal,
): Promise<{ actors: AuditName[]; actions: string[] }> {
  authorizeAdmin(principal, null)
  const [names, found] = await Promise.all([auditNames(ctx), ctx.store.audit.names()])
  return { actors: found.actors.map(names.actor), actions: found.actions }
}

/** Reads the whole chain at most once a minute, because it grows for ever. `doctor` always reads it. */
async function checkedChain({ store, caches }: Context): Promise<ChainReply> {
  const cached = caches.auditChain.get('chain')
  const checking = cached ?? caches.outside(() => store.audit.check())
  if (!cached) caches.auditChain.set('chain', checking)
  const { entries, broken } = await checking.catch((error: unknown) => {
    caches.auditChain.delete('chain')
    throw error
  })
  return { entries, broken: broken && { id: broken.id, at: broken.at === null ? null : instantText(broken.at) } }
}

function entryReply(
  { id, at, actor, action, appId, subjectHash, detail, address }: AuditEntry,
  names: AuditNames,
): AuditEntryReply {
  return {
    id,
    at: instantText(at),
    actor: names.actor(actor),
    action,
    app: appId === null ? null : { id: appId, name: names.app(appId) },
    subject: subjectOf(action, detail, names),
    subjectHash,
    detail,
    network: address,
  }
}

/** An entry names the person or token it is about by ID, in `person`, `token` or `id` of its detail. */
function subjectOf(action: string, { person, token, id }: AuditEntry['detail'], names: AuditNames): AuditName | null {
  const isToken = action.startsWith('token.')
  const [tokenId, personId] = [token ?? (isToken ? id : null), person ?? (isToken ? null : id)]
  if (typeof tokenId === 'string') return names.actor(`token:${tokenId}`)
  return typeof personId === 'string' ? names.actor(`person:${personId}`) : null
}

function instantText(epochS: number): string {
  return new Date(epochS * 1_000).toISOString()
}
