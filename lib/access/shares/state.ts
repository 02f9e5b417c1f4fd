import 'server-only'
import type { AccessDeps } from '@/lib/access/deps'
import { grantsOfRows, roleAmong, roleNamed } from '@/lib/access/principal'
import { appsOfToken, tokenState } from '@/lib/access/tokens'
import { mayRole, type Role } from '@/lib/contract/roles'
import type { ShareState } from '@/lib/contract/shares/pages'
import type { ShareRow } from '@/lib/store/people/shares'

type Deps = Pick<AccessDeps, 'people' | 'tokens'>
type Standing = Pick<ShareRow, 'app_id' | 'owner' | 'ends_at' | 'paused_at' | 'revoked_at'>

/**
 * Returns why a link does not open at `nowS` (epoch seconds), or `open`. It reads the grants of its owner each time, because
 * other processes change them too. `ends_at` is the first second at which the link does not open.
 */
export async function shareState(deps: Deps, share: Standing, nowS: number): Promise<ShareState> {
  return stateOf(share, nowS, await administers(deps, share.owner, share.app_id, nowS))
}

/** Returns the same where it is known whether the owner administers the app. */
export function stateOf(share: Standing, nowS: number, isAdministered: boolean): ShareState {
  if (share.revoked_at !== null) return 'revoked'
  if (!isAdministered) return 'orphaned'
  if (share.ends_at <= nowS) return 'ended'
  return share.paused_at === null ? 'open' : 'paused'
}

/**
 * Returns whether somebody administers an app now. `owner` is `person:<id>` or `token:<id>`. Nobody does who is disabled or
 * removed, and no token that has ended.
 */
export async function administers(deps: Deps, owner: string, appId: string, nowS: number): Promise<boolean> {
  const role = await roleOf(deps, owner, appId, nowS)
  return role !== null && mayRole(role, 'admin')
}

async function roleOf(deps: Deps, owner: string, appId: string, nowS: number): Promise<Role | null> {
  const { kind, id } = ownerOf(owner)
  if (kind === 'person') {
    const person = await deps.people.byId(id)
    if (!person || person.disabled_at !== null) return null
    return roleAmong(grantsOfRows(await deps.people.grantsOf(id)), appId)
  }
  const token = await deps.tokens.byId(id)
  const role = token && tokenState(token, nowS) === 'active' ? roleNamed(token.role) : null
  return token && role
    ? roleAmong(
        appsOfToken(token).map((app) => ({ app, role })),
        appId,
      )
    : null
}

/** Reads the owner of a link, which `actorOf` has written. */
export function ownerOf(owner: string): { kind: 'person' | 'token'; id: string } {
  const [kind = '', ...rest] = owner.split(':')
  return { kind: kind === 'token' ? 'token' : 'person', id: rest.join(':') }
}
