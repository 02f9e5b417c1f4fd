export const ROLES = ['viewer', 'editor', 'support', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** Stands for every app in a person's roles, including apps that are connected later. */
export const EVERY_APP = '*'

/**
 * The ability that a verb requires. `read`: funnels and losses. `tasks`: known campaigns and notes. `trace`: look-ups
 * of users. `admin`: everything else.
 */
export const ABILITIES = ['read', 'tasks', 'trace', 'admin'] as const
export type Ability = (typeof ABILITIES)[number]

const GRANTED: Record<Role, readonly Ability[]> = {
  viewer: ['read'],
  editor: ['read', 'tasks'],
  support: ['read', 'trace'],
  admin: ABILITIES,
}

export function mayRole(role: Role, ability: Ability): boolean {
  return GRANTED[role].includes(ability)
}
