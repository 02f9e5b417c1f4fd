import 'server-only'
import type { AccessDeps } from '@/lib/access/deps'
import { ROLES, type Role } from '@/lib/contract/roles'

const SETTING = 'second_factor_roles'

type Deps = Pick<AccessDeps, 'people' | 'secondFactors' | 'settings'>

/** Returns the roles that need a second factor. The text in the database is a list of roles, separated by commas. */
export async function requiredRoles({ settings }: Pick<Deps, 'settings'>): Promise<Role[]> {
  const stored = (await settings.get(SETTING))?.split(',') ?? []
  return ROLES.filter((role) => stored.includes(role))
}

export async function setRequiredRoles({ settings }: Pick<Deps, 'settings'>, roles: readonly Role[]): Promise<void> {
  await settings.set(SETTING, ROLES.filter((role) => roles.includes(role)).join(','))
}

/** Returns whether the person has a role, on any app, that needs a second factor. */
export async function isSecondFactorRequired(deps: Omit<Deps, 'secondFactors'>, personId: string): Promise<boolean> {
  const roles = await requiredRoles(deps)
  if (roles.length === 0) return false
  const grants = await deps.people.grantsOf(personId)
  return grants.some((grant) => roles.some((role) => role === grant.role))
}

/**
 * Returns whether the person must set up a second factor before they may do anything else. People without a password
 * sign in elsewhere, and are asked for their second factor there.
 */
export async function isSecondFactorDue(deps: Deps, personId: string): Promise<boolean> {
  if (!(await isSecondFactorRequired(deps, personId))) return false
  const factor = await deps.secondFactors.get(personId)
  return factor?.hasPassword === true && factor.sealed === null
}
