import { PATHS } from './paths'
import type { Ability } from './roles'

/** The pages of the settings in the order of their navigation. `ability`: who sees it; null is everybody. */
export const SETTINGS_PAGES = [
  { key: 'profile', path: PATHS.profile, ability: null },
  { key: 'people', path: PATHS.people, ability: 'admin' },
  { key: 'apps', path: PATHS.apps, ability: 'admin' },
  { key: 'tokens', path: PATHS.tokens, ability: 'admin' },
  { key: 'api', path: PATHS.api, ability: null },
  { key: 'shares', path: PATHS.shares, ability: 'admin' },
  { key: 'audit', path: PATHS.audit, ability: 'admin' },
  { key: 'retention', path: PATHS.retention, ability: 'admin' },
  { key: 'system', path: PATHS.system, ability: 'admin' },
] as const satisfies readonly { key: string; path: string; ability: Ability | null }[]
export type SettingsPage = (typeof SETTINGS_PAGES)[number]['key']

/** Pages that need their ability on the app of the page. Every other page needs it on all apps. */
export const SETTINGS_OF_ONE_APP: readonly string[] = ['shares', 'system']
