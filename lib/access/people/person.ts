import 'server-only'
import { actorOf, byAdministrator, recordAuditAs } from '@/lib/access/audit'
import type { Administrator } from '@/lib/access/authorize'
import type { AccessDeps } from '@/lib/access/deps'
import { keyedHash } from '@/lib/access/keys/keyed-hash'
import type { AuditAction } from '@/lib/contract/access/audit-actions'
import type { GrantField } from '@/lib/contract/access/people'
import { PushlensError } from '@/lib/contract/errors'
import { EVERY_APP, ROLES } from '@/lib/contract/roles'
import type { GrantRow } from '@/lib/store/people/administrators'
import type { PersonRow } from '@/lib/store/people/people'
import type { Withdrawal } from '@/lib/store/people/withdrawals'

/** Leaves out a role that this version does not know: it grants nothing. */
export function grantFields(rows: GrantRow[]): GrantField[] {
  return rows.flatMap(({ app_id: app, role: text }) => {
    const role = ROLES.find((known) => known === text)
    return role ? [{ app, role }] : []
  })
}

/** Returns the rows of roles. Throws `bad_request` for an app that does not exist. */
export async function checkedGrants(deps: Pick<AccessDeps, 'apps'>, grants: GrantField[]): Promise<GrantRow[]> {
  const ids = new Set([EVERY_APP, ...(await deps.apps.list()).map(({ id }) => id)])
  const unknown = grants.find(({ app }) => !ids.has(app))
  if (unknown) throw new PushlensError('bad_request', `there is no app ${unknown.app}`, 'grants')
  return grants.map(({ app, role }) => ({ app_id: app, role }))
}

export async function personOrThrow(deps: Pick<AccessDeps, 'people'>, id: string): Promise<PersonRow> {
  const person = await deps.people.byId(id)
  if (!person) throw new PushlensError('not_found', 'there is no such person')
  return person
}

export function requireDone(outcome: Withdrawal): void {
  if (outcome === 'unknown') throw new PushlensError('not_found', 'there is no such person')
  if (outcome === 'last_administrator') {
    throw new PushlensError('last_administrator', 'nobody else administers all apps')
  }
}

/** Returns the texts that may stand in `created_by` of what a person created. */
export function creatorNames(personId: string): string[] {
  return [personId, actorOf({ kind: 'person', id: personId })]
}

type Detail = Record<string, string | number | boolean | null>

/** Records what was done to a person: their id, and a keyed hash of their address. */
export function recordAboutPerson(
  deps: Pick<AccessDeps, 'master' | 'audit' | 'clock'>,
  by: Administrator,
  action: AuditAction,
  { id, email }: { id: string; email: string },
  detail: Detail = {},
): Promise<void> {
  const subjectHash = keyedHash(deps.master, 'account', email)
  return recordAuditAs(deps, { ...byAdministrator(by), action, subjectHash, detail: { id, ...detail } })
}

/** Returns epoch seconds as an ISO instant. */
export function isoOf(seconds: number): string {
  return new Date(seconds * 1_000).toISOString()
}
