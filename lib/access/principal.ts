import 'server-only'
import { PushlensError } from '@/lib/contract/errors'
import { ABILITIES, mayRole, ROLES, type Role } from '@/lib/contract/roles'
import { networkOf } from './address'
import type { AccessDeps } from './deps'
import { findSession } from './sessions'
import { appsOfToken, findToken } from './tokens'

/** `app` is an app's id, or '*' for every app, including apps that are connected later. */
export interface Grant {
  app: string
  role: Role
}
export type PersonPrincipal = {
  kind: 'person'
  id: string
  name: string
  email: string
  grants: Grant[]
  sessionIdHash: string
  /** The network of the request, for the audit; null or absent where it is not known. */
  network?: string | null
}
type TokenPrincipal = {
  kind: 'token'
  id: string
  name: string
  role: Role
  apps: readonly string[]
  /** As above. */
  network?: string | null
}
/** The visitor of a shared link. It has no role anywhere: only `authorizeShare` lets it read. */
export type SharePrincipal = { kind: 'share'; id: string; network?: string | null }
export type KnownPrincipal = PersonPrincipal | TokenPrincipal | SharePrincipal
export type Principal = { kind: 'anonymous' } | KnownPrincipal

/** Returns a key that no other principal has: people and tokens may share an ID. */
export function principalKey({ kind, id }: KnownPrincipal): string {
  return `${kind}:${id}`
}

export interface Credentials {
  /** The session cookie's value, or null. */
  session: string | null
  /** The whole Authorization header, or null. */
  authorization: string | null
  /** The client's address, from the front door. */
  address?: string | null
}
type Deps = Pick<AccessDeps, 'people' | 'sessions' | 'tokens' | 'clock'>

/**
 * Returns who sends the request. An invalid cookie is anonymous; an invalid Authorization header throws
 * `not_signed_in`.
 */
export async function principalOf(deps: Deps, { session, authorization, address }: Credentials): Promise<Principal> {
  const from = address === undefined ? {} : { network: networkOf(address ?? '') }
  if (authorization !== null) return { ...(await tokenPrincipal(deps, authorization)), ...from }
  const found = session === null ? null : await findSession(deps, session)
  if (!found) return { kind: 'anonymous' }
  const grants = grantsOfRows(await deps.people.grantsOf(found.personId))
  const { personId: id, name, email, idHash: sessionIdHash } = found
  return { kind: 'person', id, name, email, grants, sessionIdHash, ...from }
}

async function tokenPrincipal(deps: Deps, authorization: string): Promise<TokenPrincipal> {
  const text = /^Bearer +(\S+)$/i.exec(authorization.slice(0, 200))?.[1]
  const token = text ? await findToken(deps, text) : null
  const role = token && roleNamed(token.role)
  if (!role) throw new PushlensError('not_signed_in', 'the Authorization header is invalid')
  return { kind: 'token', id: token.id, name: token.name, role, apps: appsOfToken(token) }
}

/** Returns the grants of stored rows. */
export function grantsOfRows(rows: { app_id: string; role: string }[]): Grant[] {
  return rows.flatMap(({ app_id: app, role: text }) => {
    const role = roleNamed(text)
    return role ? [{ app, role }] : []
  })
}

/** An unknown role grants nothing. */
export function roleNamed(text: string): Role | null {
  return ROLES.find((known) => known === text) ?? null
}

export function grantsOf(principal: Principal): Grant[] {
  if (principal.kind === 'anonymous' || principal.kind === 'share') return []
  if (principal.kind === 'person') return principal.grants
  return principal.apps.map((app) => ({ app, role: principal.role }))
}

/**
 * Returns the role on an app, or null. The wider role wins between one on all apps and one on this app; if equal, this
 * app's.
 */
export function roleOn(principal: Principal, appId: string): Role | null {
  return roleAmong(grantsOf(principal), appId)
}

/** Returns the role on an app that grants give, as `roleOn` does. */
export function roleAmong(grants: readonly Grant[], appId: string): Role | null {
  const roleFor = (app: string) => grants.find((grant) => grant.app === app)?.role ?? null
  const [own, everywhere] = [roleFor(appId), roleFor('*')]
  if (!own || !everywhere) return own ?? everywhere
  return width(everywhere) > width(own) ? everywhere : own
}

function width(role: Role): number {
  return ABILITIES.filter((ability) => mayRole(role, ability)).length
}
