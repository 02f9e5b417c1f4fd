import 'server-only'
import type { ViewsReply } from '@/lib/contract/views/saved-views'
import { csvTable } from '@/lib/service/read/csv'

/** A person's saved views as CSV, one row each. */
export const viewsCsv = csvTable({
  rows: ({ items }: ViewsReply) => items,
  columns: [
    { name: 'id', cell: (view) => view.id },
    { name: 'name', cell: (view) => view.name },
    { name: 'app', cell: (view) => view.app.id },
    { name: 'page', cell: (view) => view.page },
    { name: 'href', cell: (view) => view.href },
    { name: 'start', cell: (view) => String(view.start) },
    { name: 'created_at', cell: (view) => view.createdAt },
  ],
  demoColumn: 'note',
})
