import 'server-only'
import type { z } from 'zod'
import type { appsReply } from '@/lib/contract/apps'
import { csvTable } from '@/lib/service/read/csv'

/** The apps of the caller as CSV, one row each. */
export const appsCsv = csvTable({
  rows: ({ items }: z.infer<typeof appsReply>) => items,
  columns: [
    { name: 'id', cell: (app) => app.id },
    { name: 'sdkappid', cell: (app) => app.sdkAppId },
    { name: 'name', cell: (app) => app.name },
    { name: 'region', cell: (app) => app.region },
    { name: 'utc_offset', cell: (app) => app.utcOffset },
    { name: 'origin', cell: (app) => app.origin },
    { name: 'role', cell: (app) => app.role },
    { name: 'demo', cell: (app) => String(app.demo) },
  ],
  demoColumn: 'note',
})
