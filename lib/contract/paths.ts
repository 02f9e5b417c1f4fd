/**
 * The paths of all pages. A form that sends its fields by GET uses a path alone. Every other link comes from links.ts.
 * The paths are apart, because every page's script needs them and few need the links.
 */
export const PATHS = {
  overview: '/',
  campaigns: '/campaigns',
  compare: '/campaigns/compare',
  losses: '/losses',
  code: '/losses/code',
  lookup: '/lookup',
  bulk: '/lookup/bulk',
  profile: '/settings/profile',
  people: '/settings/people',
  tokens: '/settings/tokens',
  api: '/settings/api',
  apps: '/settings/apps',
  connectApp: '/settings/apps/connect',
  editApp: '/settings/apps/edit',
  fillApp: '/settings/apps/fill',
  shares: '/settings/shares',
  audit: '/settings/audit',
  retention: '/settings/retention',
  system: '/settings/system',
  erase: '/settings/erase',
  signIn: '/sign-in',
  secondFactorSetup: '/sign-in/second-factor',
  setup: '/setup',
  invite: '/invite',
} as const
/** The overview without a choice. The path alone opens the person's start page. */
export const PLAIN_OVERVIEW = '/?source=task'
export type PageName = keyof typeof PATHS
