import 'server-only'
import type { BackupsReply } from '@/lib/contract/installation/backups'
import { csvTable } from '@/lib/service/read/csv'

/** The backups as CSV, one row each. */
export const backupsCsv = csvTable({
  rows: ({ items }: BackupsReply) => items,
  columns: [
    { name: 'name', cell: ({ name }) => name },
    { name: 'at', cell: ({ at }) => at },
    { name: 'bytes', cell: ({ bytes }) => bytes },
    { name: 'origin', cell: ({ origin }) => origin },
  ],
  demoColumn: 'note',
})
