import 'server-only'
import { randomUUID } from 'node:crypto'
import { byOf, recordAuditAs } from '@/lib/access/audit'
import { type AccessDeps, wallS } from '@/lib/access/deps'
import { grantsText } from '@/lib/access/grants-text'
import { keyedHash } from '@/lib/access/keys/keyed-hash'
import type { Grant } from '@/lib/access/principal'
import { endAllSessions } from '@/lib/access/sessions'
import type { AuditAction } from '@/lib/contract/access/audit-actions'
import type { OidcProblem } from '@/lib/contract/access/oidc'
import { PushlensError } from '@/lib/contract/errors'
import type { GrantRow } from '@/lib/store/people/administrators'
import type { OidcAccount } from '@/lib/store/people/oidc-accounts'
import type { PersonRow } from '@/lib/store/people/people'
import { type Claims, emailOf, grantsOfClaims, isEmailVerified, nameOf } from './claims'
import type { OidcSettings } from './settings'

const ACTOR = 'single sign-on'

type Deps = Pick<AccessDeps, 'master' | 'people' | 'withdrawals' | 'oidcAccounts' | 'sessions' | 'audit' | 'clock'> & {
  /** That of the request, for the audit. */
  network: string | null
}

/** A person whom the provider knows, and whom Pushlens does not let in. */
export class OidcRefusal extends PushlensError {
  constructor(readonly problem: OidcProblem) {
    super('forbidden', `single sign-on was refused: ${problem}`)
  }
}

/**
 * Returns the person of verified claims, and gives this person the roles of the claims. Adds a person who is new. Throws
 * OidcRefusal. The caller creates the session.
 */
export async function signInWithOidc(deps: Deps, settings: OidcSettings, claims: Claims): Promise<string> {
  const account = { issuer: settings.issuer, subject: String(claims.sub) }
  const subjectHash = keyedHash(deps.master, 'account', emailOf(settings, claims) ?? JSON.stringify(account))
  try {
    const personId = await admit(deps, settings, account, claims)
    const by = byOf({ kind: 'person', id: personId, network: deps.network })
    await recordAuditAs(deps, { ...by, action: 'sign_in', subjectHash, detail: { by: ACTOR } })
    return personId
  } catch (error) {
    if (error instanceof OidcRefusal) {
      const detail = { by: ACTOR, problem: error.problem }
      const by = { actor: 'anonymous', address: deps.network }
      await recordAuditAs(deps, { ...by, action: 'sign_in.failed', subjectHash, detail })
    }
    throw error
  }
}

async function admit(deps: Deps, settings: OidcSettings, account: OidcAccount, claims: Claims): Promise<string> {
  const grants = grantsOfClaims(settings, claims)
  const known = await deps.oidcAccounts.personOf(account)
  if (grants.length === 0) {
    // Whoever lost every role at the provider loses it here too, with all sessions.
    if (known) await applyGrants(deps, known.id, [])
    throw new OidcRefusal('no_role')
  }
  if (known?.disabled) throw new OidcRefusal('disabled')
  const personId = known?.id ?? (await linkOrAdd(deps, settings, account, claims, grants))
  await applyGrants(deps, personId, grants)
  return personId
}

async function linkOrAdd(
  deps: Deps,
  settings: OidcSettings,
  account: OidcAccount,
  claims: Claims,
  grants: Grant[],
): Promise<string> {
  const email = emailOf(settings, claims)
  if (email === null) throw new OidcRefusal('no_email')
  const owner = await deps.people.byEmail(email)
  const joined = owner
    ? await link(deps, account, owner, mayLink(settings, claims))
    : await add(deps, account, { email, name: nameOf(claims, email) }, grants)
  if (joined !== null) return joined
  // A second request of the same person may have been faster.
  const first = await deps.oidcAccounts.personOf(account)
  if (!first) throw new OidcRefusal('not_linked')
  return first.id
}

/** `email_verified` speaks of the standard claim, so an address from another claim never links accounts. */
function mayLink({ linkByEmail, emailClaim }: OidcSettings, claims: Claims): boolean {
  return linkByEmail && emailClaim === 'email' && isEmailVerified(claims)
}

/** Returns the person's id, or null if the account may not be linked or the person has another one. */
async function link(deps: Deps, account: OidcAccount, owner: PersonRow, allowed: boolean): Promise<string | null> {
  if (owner.disabled_at !== null) throw new OidcRefusal('disabled')
  if (!allowed || !(await deps.oidcAccounts.link(account, owner.id, wallS(deps.clock)))) return null
  await recordPerson(deps, 'person.link', owner)
  return owner.id
}

/** Returns the id of the new person, or null if somebody has taken the address or account since. */
async function add(
  deps: Deps,
  account: OidcAccount,
  given: { email: string; name: string },
  grants: Grant[],
): Promise<string | null> {
  const empty = { password_hash: null, totp_sealed: null, disabled_at: null }
  const person = { ...given, ...empty, id: randomUUID(), created_at: wallS(deps.clock) }
  if (!(await deps.oidcAccounts.addPerson({ person, grants: rowsOf(grants) }, account))) return null
  await recordPerson(deps, 'person.add', person)
  return person.id
}

async function recordPerson(
  deps: Deps,
  action: AuditAction,
  { id, email }: { id: string; email: string },
): Promise<void> {
  const subjectHash = keyedHash(deps.master, 'account', email)
  await recordAuditAs(deps, { actor: ACTOR, address: deps.network, action, subjectHash, detail: { id } })
}

/** Sessions end with a change of role. The last administrator keeps the role, but not the sessions. */
async function applyGrants(deps: Deps, personId: string, grants: Grant[]): Promise<void> {
  const rows = rowsOf(grants)
  if (isSame(await deps.people.grantsOf(personId), rows)) return
  const outcome = await deps.withdrawals.setGrants(personId, rows, wallS(deps.clock))
  if (outcome === 'last_administrator') await endAllSessions(deps, personId)
  const detail = { id: personId, roles: grantsText(rows), kept: outcome === 'last_administrator' }
  await recordAuditAs(deps, { actor: ACTOR, address: deps.network, action: 'person.role', detail })
}

function isSame(before: GrantRow[], after: GrantRow[]): boolean {
  const text = (rows: GrantRow[]) => JSON.stringify(rows.map(({ app_id, role }) => [app_id, role]).sort())
  return text(before) === text(after)
}

function rowsOf(grants: Grant[]): GrantRow[] {
  return grants.map(({ app, role }) => ({ app_id: app, role }))
}
