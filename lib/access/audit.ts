import 'server-only'
import type { AuditAction } from '@/lib/contract/access/audit-actions'
import type { Clock } from '@/lib/contract/clock'
import type { AppRow } from '@/lib/store/people/apps'
import type { AuditLog, AuditRecord } from '@/lib/store/people/audit'
import { networkOf } from './address'
import type { Administrator, COMMAND_LINE } from './authorize'
import { wallS } from './deps'
import type { KnownPrincipal } from './principal'

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
/**
 * Who acts: `person:<id>`, `token:<id>`, or who acts without a principal, such as `command line`. `address` is the network of
 * the request; null where there was none.
 */
export type By = Pick<AuditRecord, 'actor'> & { address: string | null }
type AuditEvent = By & { action: AuditAction } & Partial<Pick<AuditRecord, 'appId' | 'subjectHash' | 'detail'>>

/** The name is written out here, because `authorize.ts` imports this file before its own constants exist. */
export const BY_COMMAND_LINE: By = { actor: 'command line' satisfies typeof COMMAND_LINE, address: null }
/** Changes that Pushlens reads from its environment at start. */
export const BY_ENVIRONMENT: By = { actor: 'environment', address: null }

/** Records in the audit what the principal did, to the app if one is given. */
export function recordAudit(
  { store, clock }: AuditContext,
  { app, principal }: AuditScope,
  action: AuditAction,
  detail: AuditDetail = {},
): Promise<void> {
  return recordAuditAs({ audit: store.audit, clock }, { ...byOf(principal), action, appId: app?.id ?? null, detail })
}

/** Records who looked up whom, by a keyed hash of the person or push; once in ten minutes. */
export function recordLookup(
  { store, clock }: AuditContext,
  { app, principal }: AuditScope,
  action: AuditAction,
  subjectHash: string,
  detail: AuditDetail = {},
): Promise<void> {
  const what = { action, appId: app?.id ?? null, subjectHash, detail }
  return store.audit.appendOnce({ ...byOf(principal), ...what, at: wallS(clock) }, ONE_LOOKUP_S)
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
  const what = { action: `export.${report}`, appId: app?.id ?? null, subjectHash: null, detail: {} }
  return store.audit.appendOnce({ ...byOf(principal), ...what, at: wallS(clock) }, ONE_LOOKUP_S)
}

/** Records an event that has no principal, or none yet: a sign-in, the set-up, the command line. */
export function recordAuditAs(
  { audit, clock }: { audit: Pick<AuditLog, 'append'>; clock: Pick<Clock, 'wallMs'> },
  { actor, address, action, appId = null, subjectHash = null, detail = {} }: AuditEvent,
): Promise<void> {
  return audit.append({ at: wallS(clock), actor, action, appId, subjectHash, detail, address })
}

/** Returns the name by which the audit knows a principal. */
export function actorOf({ kind, id }: Pick<KnownPrincipal, 'kind' | 'id'>): string {
  return `${kind}:${id}`
}

/** Returns who acts, with the network of the request. */
export function byOf(principal: Actor): By {
  return { actor: actorOf(principal), address: principal.network ?? null }
}

/** Returns who administers, with the network of the request. */
export function byAdministrator(by: Administrator): By {
  return typeof by === 'string' ? BY_COMMAND_LINE : byOf(by.principal)
}
