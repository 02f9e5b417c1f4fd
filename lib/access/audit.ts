import 'server-only'
import type { Clock } from '@/lib/contract/clock'
import type { AuditLog, AuditRecord } from '@/lib/store/people/audit'
import { type Administrator, COMMAND_LINE, type Scoped } from './authorize'
import { wallS } from './deps'
import type { KnownPrincipal } from './principal'

/** A page that waits for its answer sends the same request again: within this time that is one look-up. */
const ONE_LOOKUP_S = 600

type Detail = AuditRecord['detail']
interface AuditContext {
  store: { audit: AuditLog }
  clock: Pick<Clock, 'wallMs'>
}
type AuditScope = Pick<Scoped<unknown>, 'app' | 'principal'>
/** `actor` is `person:<id>`, `token:<id>`, or who acts without a principal, such as `command line`. */
type AuditEvent = Pick<AuditRecord, 'actor' | 'action'> & Partial<Pick<AuditRecord, 'appId' | 'subjectHash' | 'detail'>>

/** Records in the audit what the principal did to the app. */
export function recordAudit(
  { store, clock }: AuditContext,
  { app, principal }: AuditScope,
  action: string,
  detail: Detail = {},
): Promise<void> {
  return recordAuditAs({ audit: store.audit, clock }, { actor: actorOf(principal), action, appId: app.id, detail })
}

/** Records who looked up whom, by a keyed hash of the person or push; once in ten minutes. */
export function recordLookup(
  { store, clock }: AuditContext,
  { app, principal }: AuditScope,
  action: string,
  subjectHash: string,
  detail: Detail = {},
): Promise<void> {
  const record = { at: wallS(clock), actor: actorOf(principal), action, appId: app.id, subjectHash, detail }
  return store.audit.appendOnce(record, ONE_LOOKUP_S)
}

/** Records an event that has no principal, or none yet: a sign-in, the set-up, the command line. */
export function recordAuditAs(
  { audit, clock }: { audit: Pick<AuditLog, 'append'>; clock: Pick<Clock, 'wallMs'> },
  { actor, action, appId = null, subjectHash = null, detail = {} }: AuditEvent,
): Promise<void> {
  return audit.append({ at: wallS(clock), actor, action, appId, subjectHash, detail })
}

/** Returns the name by which the audit knows a principal. */
export function actorOf({ kind, id }: Pick<KnownPrincipal, 'kind' | 'id'>): string {
  return `${kind}:${id}`
}

/** Returns the name by which the audit knows who administers. */
export function actorOfAdministrator(by: Administrator): string {
  return by === COMMAND_LINE ? COMMAND_LINE : actorOf(by.principal)
}
