import 'server-only'
import type { Clock } from '@/lib/contract/clock'
import type { AppRow } from '@/lib/store/people/apps'
import type { AuditLog, AuditRecord } from '@/lib/store/people/audit'
import { networkOf } from './address'
import { type Administrator, COMMAND_LINE } from './authorize'
import { wallS } from './deps'
import type { KnownPrincipal } from './principal'

/** The actor of changes that Pushlens reads from its environment at start. */
export const ENVIRONMENT = 'environment'

/** A page that waits for its answer sends the same request again: within this time that is one look-up. */
const ONE_LOOKUP_S = 600

export type AuditDetail = AuditRecord['detail']

interface AuditContext {
  store: { audit: AuditLog }
  clock: Pick<Clock, 'wallMs'>
}
/** What a principal did: on one app, or (null) on none. */
interface AuditScope {
  app: Pick<AppRow, 'id'> | null
  principal: Actor
}
/** Who acts, and from which network. */
type Actor = Pick<KnownPrincipal, 'kind' | 'id' | 'network'>
/** `actor` is `person:<id>`, `token:<id>`, or who acts without a principal, such as `command line`. */
type AuditEvent = Pick<AuditRecord, 'actor' | 'action'> &
  Partial<Pick<AuditRecord, 'appId' | 'subjectHash' | 'detail' | 'address'>>

/** Records in the audit what the principal did, to the app if one is given. */
export function recordAudit(
  { store, clock }: AuditContext,
  { app, principal }: AuditScope,
  action: string,
  detail: AuditDetail = {},
): Promise<void> {
  const appId = app?.id ?? null
  const event = { actor: actorOf(principal), action, appId, detail, address: principal.network ?? null }
  return recordAuditAs({ audit: store.audit, clock }, event)
}

/** Records who looked up whom, by a keyed hash of the person or push; once in ten minutes. */
export function recordLookup(
  { store, clock }: AuditContext,
  { app, principal }: AuditScope,
  action: string,
  subjectHash: string,
  detail: AuditDetail = {},
): Promise<void> {
  const address = principal.network ?? null
  const record = {
    at: wallS(clock),
    actor: actorOf(principal),
    action,
    appId: app?.id ?? null,
    subjectHash,
    detail,
    address,
  }
  return store.audit.appendOnce(record, ONE_LOOKUP_S)
}

/** Counts a failed sign-in of this hour. The audit shows the counts; they are not entries, and old ones are deleted. */
export function countFailedSignIn(
  { audit, clock }: { audit: Pick<AuditLog, 'failedSignIns'>; clock: Pick<Clock, 'wallMs'> },
  { personId, address }: { personId: string | null; address: string },
): Promise<void> {
  return audit.failedSignIns.count(wallS(clock), personId, networkOf(address) ?? 'unknown')
}

/** Records that the principal took a report as a file; once in ten minutes for each report. */
export function recordExport(
  { store, clock }: AuditContext,
  { app, principal }: AuditScope,
  report: string,
): Promise<void> {
  const what = { actor: actorOf(principal), action: `export.${report}`, appId: app?.id ?? null, subjectHash: null }
  return store.audit.appendOnce(
    { ...what, at: wallS(clock), detail: {}, address: principal.network ?? null },
    ONE_LOOKUP_S,
  )
}

/** Records an event that has no principal, or none yet: a sign-in, the set-up, the command line. */
export function recordAuditAs(
  { audit, clock }: { audit: Pick<AuditLog, 'append'>; clock: Pick<Clock, 'wallMs'> },
  { actor, action, appId = null, subjectHash = null, detail = {}, address = null }: AuditEvent,
): Promise<void> {
  return audit.append({ at: wallS(clock), actor, action, appId, subjectHash, detail, address })
}

/** Returns the name by which the audit knows a principal. */
export function actorOf({ kind, id }: Pick<KnownPrincipal, 'kind' | 'id'>): string {
  return `${kind}:${id}`
}

/** Returns the name by which the audit knows who administers. */
export function actorOfAdministrator(by: Administrator): string {
  return by === COMMAND_LINE ? COMMAND_LINE : actorOf(by.principal)
}
