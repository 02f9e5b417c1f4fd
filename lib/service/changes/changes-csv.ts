import 'server-only'
import type { ChangesReply } from '@/lib/contract/changes/changes'
import { csvTable } from '@/lib/service/read/csv'

/** A row for each unusual change, the costliest first. Without any, one row says whether the range was examined. */
export const changesCsv = csvTable({
  rows: ({ range, source, asOf, state, items }: ChangesReply) =>
    (items.length > 0 ? items : [null]).map((item) => ({ range, source, asOf, state, item })),
  columns: [
    { name: 'source', cell: ({ source }) => source },
    { name: 'from', cell: ({ range }) => range.from },
    { name: 'to', cell: ({ range }) => range.to },
    { name: 'tz', cell: ({ range }) => range.tz },
    { name: 'as_of', cell: ({ asOf }) => asOf },
    { name: 'state', cell: ({ state }) => state },
    { name: 'change', cell: ({ item }) => item?.kind ?? null },
    { name: 'vendor', cell: ({ item }) => item?.vendor ?? null },
    { name: 'channel', cell: ({ item }) => item?.channel ?? null },
    { name: 'rate', cell: ({ item }) => item?.rate ?? null },
    { name: 'since', cell: ({ item }) => item?.from ?? null },
    { name: 'until', cell: ({ item }) => item?.to ?? null },
    { name: 'rate_before', cell: ({ item }) => item?.before ?? null },
    { name: 'rate_now', cell: ({ item }) => item?.now ?? null },
    { name: 'messages', cell: ({ item }) => item?.messages ?? null },
    { name: 'pushes', cell: ({ item }) => item?.pushes ?? null },
    { name: 'stage', cell: ({ item }) => item?.code?.stage ?? null },
    { name: 'code', cell: ({ item }) => item?.code?.code ?? null },
    { name: 'code_change', cell: ({ item }) => item?.code?.change ?? null },
  ],
  demoColumn: 'note',
})
