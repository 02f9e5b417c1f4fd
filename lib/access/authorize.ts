import 'server-only'
import { PushlensError } from '@/lib/contract/errors'
import { type Ability, mayRole, type Role } from '@/lib/contract/roles'
import type { AppRow } from '@/lib/store/people/apps'
import { grantsOf, type KnownPrincipal, type PersonPrincipal, type Principal, roleOn } from './principal'
import type { Shared } from './shares/clamp-to-scope'

const SCOPED = Symbol('scoped')
const ADMINISTERED = Symbol('administered')
const PERSONAL = Symbol('personal')

/** Proof that `principal` may run `query` on `app`. Every verb takes one, and only `authorize` makes one. */
export interface Scoped<Q> {
  readonly app: AppRow
  readonly principal: KnownPrincipal
  readonly role: Role
  readonly query: Q
  readonly [SCOPED]: true
}

/** Proof that `principal` administers all apps. Only `authorizeAdmin` makes one. */
export interface Administered<Q> {
  readonly principal: KnownPrincipal
  readonly query: Q
  readonly [ADMINISTERED]: true
}

/** Proof that a signed-in person, not a token, asks about themselves. Only `authorizePerson` makes one. */
export interface Personal<Q> {
  readonly person: PersonPrincipal
  readonly query: Q
  readonly [PERSONAL]: true
}

/** The command line needs no authorization: it has the database and the master key. */
export const COMMAND_LINE = 'command line'
/** Who administers people, tokens and whatever else belongs to no app. */
export type Administrator = Pick<Administered<unknown>, 'principal' | typeof ADMINISTERED> | typeof COMMAND_LINE

/**
 * Throws `not_signed_in` for an anonymous principal, `not_found` for an app that is unknown (null) or of other people,
 * with the same message, and `forbidden` if the role on the app is too low.
 */
export function authorize<Q>(principal: Principal, ability: Ability, app: AppRow | null, query: Q): Scoped<Q> {
  const known = requireSignedIn(principal)
  const role = app && roleOn(known, app.id)
  if (!app || !role) throw new PushlensError('not_found', 'the principal has no such app')
  if (!mayRole(role, ability)) throw new PushlensError('forbidden', `${role} may not ${ability} on this app`)
  return Object.freeze({ app, principal: known, role, query, [SCOPED]: true } as const)
}

/**
 * Authorizes a part of a shared view: the verbs of reports serve it too. What they can read is bounded by the context that
 * `lib/service/shares/view` hands them.
 */
export function authorizeShare<Q>({ app, shareId }: Shared, query: Q): Scoped<Q> {
  return Object.freeze({
    app,
    principal: { kind: 'share', id: shareId },
    role: 'viewer',
    query,
    [SCOPED]: true,
  } as const)
}

/** Authorizes what belongs to no app, such as adding apps, people and tokens. Throws `not_signed_in` or `forbidden`. */
export function authorizeAdmin<Q>(principal: Principal, query: Q): Administered<Q> {
  const known = requireSignedIn(principal)
  if (!administersAll(known)) throw new PushlensError('forbidden', 'only an administrator of all apps may do this')
  return Object.freeze({ principal: known, query, [ADMINISTERED]: true } as const)
}

/** Authorizes what a person does with their own account. Throws `not_signed_in`, or `forbidden` for a token. */
export function authorizePerson<Q>(principal: Principal, query: Q): Personal<Q> {
  const person = requireSignedIn(principal)
  if (person.kind !== 'person') throw new PushlensError('forbidden', 'a token has no profile')
  return Object.freeze({ person, query, [PERSONAL]: true } as const)
}

/** Returns whether the principal administers all apps, also apps that are connected later. */
export function administersAll(principal: Principal): boolean {
  return grantsOf(principal).some((grant) => grant.app === '*' && mayRole(grant.role, 'admin'))
}

/**
 * Returns the apps on which the principal has a role, with the role. Leaves out drafts, which have no data. Throws `not_signed_in` for an anonymous principal.
 */
export function visibleApps(principal: Principal, apps: AppRow[]): { app: AppRow; role: Role }[] {
  const known = requireSignedIn(principal)
  return apps.flatMap((app) => {
    const role = app.draft ? null : roleOn(known, app.id)
    return role ? [{ app, role }] : []
  })
}

/** Returns the principal if it is known. Throws `not_signed_in` for an anonymous one. */
export function requireSignedIn(principal: Principal): KnownPrincipal {
  if (principal.kind === 'anonymous') throw new PushlensError('not_signed_in', 'the request has no valid sign-in')
  return principal
}
