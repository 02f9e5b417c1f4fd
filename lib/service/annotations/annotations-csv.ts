import 'server-only'
import type { AnnotationsReply } from '@/lib/contract/chart/annotations'
import { csvTable } from '@/lib/service/read/csv'

/** The marks of the charts as CSV, one row each. */
export const annotationsCsv = csvTable({
  rows: ({ items }: AnnotationsReply) => items,
  columns: [
    { name: 'kind', cell: (mark) => mark.kind },
    { name: 'at', cell: (mark) => mark.at },
    { name: 'until', cell: (mark) => mark.until },
    { name: 'source', cell: (mark) => mark.source },
    { name: 'text', cell: (mark) => mark.text },
    { name: 'author', cell: (mark) => mark.author?.name ?? null },
    { name: 'id', cell: (mark) => mark.id },
    { name: 'task_id', cell: (mark) => mark.taskId },
    { name: 'failed_calls', cell: (mark) => mark.error?.failed ?? null },
    { name: 'calls', cell: (mark) => mark.error?.calls ?? null },
    { name: 'code', cell: (mark) => mark.error?.code ?? null },
  ],
  demoColumn: 'demo',
})
