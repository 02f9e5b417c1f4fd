import 'server-only'
import type { ReasonsReply } from '@/lib/contract/losses'
import { csvTable } from '@/lib/service/read/csv'

/** Entries of the dictionary as CSV, best match first. */
export const reasonsCsv = csvTable({
  rows: ({ items }: ReasonsReply) => items,
  columns: [
    { name: 'vendor', cell: (entry) => entry.vendor },
    { name: 'code', cell: (entry) => entry.code },
    { name: 'name', cell: (entry) => entry.name },
    { name: 'cause', cell: (entry) => entry.key },
    { name: 'title', cell: (entry) => entry.title },
    { name: 'meaning', cell: (entry) => entry.meaning },
    { name: 'actor', cell: (entry) => entry.actor },
    { name: 'fix', cell: (entry) => entry.fix },
    { name: 'evidence', cell: (entry) => entry.evidence },
    { name: 'source', cell: (entry) => entry.source },
  ],
  demoColumn: 'note',
})
