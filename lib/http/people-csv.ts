import 'server-only'
import type { z } from 'zod'
import type { invitationsReply, peopleReply, sessionsReply } from '@/lib/contract/access/people'
import type { ProfileReply } from '@/lib/contract/access/profile'
import { csvTable } from '@/lib/service/read/csv'

const NO_ROLE = { app: null, role: null }

/** People as CSV, one row per role, so that a spreadsheet can filter by app. Somebody without a role has one row. */
export const peopleCsv = csvTable({
  rows: ({ items }: z.infer<typeof peopleReply>) =>
    items.flatMap(({ grants, ...person }) =>
      (grants.length > 0 ? grants : [NO_ROLE]).map(({ app, role }) => ({ ...person, app, role })),
    ),
  columns: [
    { name: 'id', cell: ({ id }) => id },
    { name: 'email', cell: ({ email }) => email },
    { name: 'name', cell: ({ name }) => name },
    { name: 'app', cell: ({ app }) => app },
    { name: 'role', cell: ({ role }) => role },
    { name: 'created_at', cell: ({ createdAt }) => createdAt },
    { name: 'second_factor', cell: ({ secondFactor }) => (secondFactor ? 1 : 0) },
    { name: 'disabled_at', cell: ({ disabledAt }) => disabledAt },
    { name: 'last_seen_at', cell: ({ lastSeenAt }) => lastSeenAt },
    { name: 'sessions', cell: ({ sessions }) => sessions },
    { name: 'tokens', cell: ({ tokens }) => tokens },
    { name: 'shares', cell: ({ shares }) => shares },
  ],
  demoColumn: 'note',
})

export const invitationsCsv = csvTable({
  rows: ({ items }: z.infer<typeof invitationsReply>) => items,
  columns: [
    { name: 'id', cell: ({ id }) => id },
    { name: 'kind', cell: ({ kind }) => kind },
    { name: 'email', cell: ({ email }) => email },
    { name: 'roles', cell: ({ grants }) => grants.map(({ app, role }) => `${app}:${role}`).join(' ') },
    { name: 'created_at', cell: ({ createdAt }) => createdAt },
    { name: 'expires_at', cell: ({ expiresAt }) => expiresAt },
  ],
  demoColumn: 'note',
})

export const sessionsCsv = csvTable({
  rows: ({ items }: z.infer<typeof sessionsReply>) => items,
  columns: [
    { name: 'id', cell: ({ id }) => id },
    { name: 'current', cell: ({ current }) => String(current) },
    { name: 'created_at', cell: ({ createdAt }) => createdAt },
    { name: 'seen_at', cell: ({ seenAt }) => seenAt },
    { name: 'expires_at', cell: ({ expiresAt }) => expiresAt },
    { name: 'address', cell: ({ address }) => address },
    { name: 'device', cell: ({ device }) => device },
  ],
  demoColumn: 'note',
})

/** The signed-in person as CSV, one row per role. */
export const profileCsv = csvTable({
  rows: ({ id, email, name, grants }: ProfileReply) => grants.map(({ app, role }) => ({ id, email, name, app, role })),
  columns: [
    { name: 'id', cell: ({ id }) => id },
    { name: 'email', cell: ({ email }) => email },
    { name: 'name', cell: ({ name }) => name },
    { name: 'app', cell: ({ app }) => app },
    { name: 'role', cell: ({ role }) => role },
  ],
  demoColumn: 'note',
})
