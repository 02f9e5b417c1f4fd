import 'server-only'
import type { ShareOpensReply, ShareOwnersReply, SharesReply } from '@/lib/contract/shares/share'
import { csvTable } from '@/lib/service/read/csv'

/** Links as CSV, one row each. They hold no address: the secret of a link is shown once. */
export const sharesCsv = csvTable({
  rows: ({ items }: SharesReply) => items,
  columns: [
    { name: 'id', cell: (share) => share.id },
    { name: 'app', cell: (share) => share.app },
    { name: 'name', cell: (share) => share.name },
    { name: 'kind', cell: (share) => share.content.kind },
    {
      name: 'scope',
      cell: ({ content }) => JSON.stringify(content.kind === 'lookup' ? content.lookup : content.scope),
    },
    { name: 'state', cell: (share) => share.state },
    { name: 'owner', cell: (share) => share.owner.name ?? share.owner.id },
    { name: 'created_at', cell: (share) => share.createdAt },
    { name: 'ends_at', cell: (share) => share.endsAt },
    { name: 'revoked_at', cell: (share) => share.revokedAt },
    { name: 'password', cell: (share) => (share.hasPassword ? 1 : 0) },
    { name: 'origins', cell: (share) => share.origins.join(' ') },
    { name: 'last_opened_at', cell: (share) => share.lastOpenedAt },
    { name: 'opens', cell: (share) => share.opens },
    { name: 'networks_7_days', cell: (share) => share.networks.count },
    { name: 'unusual_networks', cell: (share) => (share.networks.unusual ? 1 : 0) },
    { name: 'frozen_at', cell: (share) => share.frozen?.at ?? null },
    { name: 'sha256', cell: (share) => share.frozen?.sha256 ?? null },
  ],
  demoColumn: 'note',
})

/** The openings of a link as CSV. */
export const shareOpensCsv = csvTable({
  rows: ({ items }: ShareOpensReply) => items,
  columns: [
    { name: 'at', cell: (open) => open.at },
    { name: 'network', cell: (open) => open.network },
    { name: 'client', cell: (open) => open.client },
    { name: 'outcome', cell: (open) => open.outcome },
  ],
  demoColumn: 'note',
})

export const shareOwnersCsv = csvTable({
  rows: ({ items }: ShareOwnersReply) => items,
  columns: [
    { name: 'id', cell: (owner) => owner.id },
    { name: 'name', cell: (owner) => owner.name },
    { name: 'every_app', cell: (owner) => (owner.everyApp ? 1 : 0) },
    { name: 'shares', cell: (owner) => owner.shares },
  ],
  demoColumn: 'note',
})
