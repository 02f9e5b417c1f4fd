/** The named users of the specs, one per role. */
export const CAST = {
  admin: 'ada@example.com',
  viewer: 'pm@example.com',
  editor: 'ed@example.com',
  support: 'sue@example.com',
} as const

export type Actor = keyof typeof CAST

export const PASSWORD = 'a lighthouse keeps no secrets 9'
