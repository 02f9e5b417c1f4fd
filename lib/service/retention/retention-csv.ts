import 'server-only'
import type { RetentionItem, RetentionReply } from '@/lib/contract/installation/retention'
import { FORECAST_MONTHS } from '@/lib/contract/installation/retention-kinds'
import { type Column, csvTable } from '@/lib/service/read/csv'

const forecasts = FORECAST_MONTHS.map((months): Column<RetentionItem> => {
  return {
    name: `bytes_in_${months}_months`,
    cell: ({ forecast }) => forecast.find((one) => one.months === months)?.bytes ?? null,
  }
})

/** What is stored as CSV, one row per kind. */
export const retentionCsv = csvTable({
  rows: ({ items }: RetentionReply) => items,
  columns: [
    { name: 'kind', cell: ({ kind }) => kind },
    { name: 'days', cell: ({ days }) => days },
    { name: 'newest', cell: ({ newest }) => newest },
    { name: 'rows', cell: ({ rows }) => rows },
    { name: 'bytes', cell: ({ bytes }) => bytes },
    { name: 'oldest', cell: ({ oldest }) => oldest },
    { name: 'per_day', cell: ({ perDay }) => perDay },
    { name: 'due', cell: ({ due }) => due?.rows ?? null },
    ...forecasts,
  ],
  demoColumn: 'note',
})
