import 'server-only'
import type { TokensReply } from '@/lib/contract/access/tokens'
import { csvTable } from '@/lib/service/read/csv'

/** The API tokens as CSV, one row each, without their texts. */
export const tokensCsv = csvTable({
  rows: ({ items }: TokensReply) => items,
  columns: [
    { name: 'id', cell: (token) => token.id },
    { name: 'name', cell: (token) => token.name },
    { name: 'state', cell: (token) => token.state },
    { name: 'role', cell: (token) => token.role },
    { name: 'apps', cell: (token) => token.apps.join(' ') },
    { name: 'created_at', cell: (token) => token.createdAt },
    { name: 'created_by', cell: (token) => token.createdBy.name ?? token.createdBy.kind },
    { name: 'expires_at', cell: (token) => token.expiresAt },
    { name: 'last_used_at', cell: (token) => token.lastUsedAt },
    { name: 'revoked_at', cell: (token) => token.revokedAt },
  ],
  demoColumn: 'note',
})
