import 'server-only'
import type { ChangesReply } from '@/lib/contract/changes/changes'
import { csvTable } from '@/lib/service/read/csv'

/** A row for each change beyond the usual, the costliest first. */
export const changesCsv = csvTable({
  rows: ({ range, source, asOf, items }: ChangesReply) => items.map((item) => ({ range, source, asOf, item })),
  columns: [
    { name: 'source', cell: ({ source }) => source },
    { name: 'from', cell: ({ range }) => range.from },
    { name: 'to', cell: ({ range }) => range.to },
    { name: 'tz', cell: ({ range }) => range.tz },
    { name: 'as_of', cell: ({ asOf }) => asOf },
    { name: 'change', cell: ({ item }) => item.kind },
    { name: 'vendor', cell: ({ item }) => item.vendor },
    { name: 'channel', cell: ({ item }) => item.channel },
    { name: 'rate', cell: ({ item }) => item.rate },
    { name: 'since', cell: ({ item }) => item.from },
    { name: 'until', cell: ({ item }) => item.to },
    { name: 'rate_before', cell: ({ item }) => item.before },
    { name: 'rate_now', cell: ({ item }) => item.now },
    { name: 'messages', cell: ({ item }) => item.messages },
    { name: 'pushes', cell: ({ item }) => item.pushes },
    { name: 'stage', cell: ({ item }) => item.code?.stage ?? null },
    { name: 'code', cell: ({ item }) => item.code?.code ?? null },
    { name: 'code_change', cell: ({ item }) => item.code?.change ?? null },
  ],
  demoColumn: 'note',
})
