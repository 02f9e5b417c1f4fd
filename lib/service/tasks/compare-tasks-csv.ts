import 'server-only'
import type { ComparedTask, CompareTasksReply } from '@/lib/contract/campaigns/task-comparison'
import { MIN_VOLUME } from '@/lib/contract/limits'
import { type Column, csvTable, zoneCell } from '@/lib/service/read/csv'

type Line = ComparedTask & { at: string } & Pick<CompareTasksReply, 'clickBasis' | 'vendors' | 'tz'>

const RATES = ['send', 'delivery', 'click'] as const
/** Rates are fractions, and so are differences. They are empty for the first campaign. */
const DIFFERENCES = RATES.flatMap((rate): Column<Line>[] => [
  { name: `${rate}_difference`, cell: ({ differences }) => differences?.[rate]?.difference ?? null },
  { name: `${rate}_low`, cell: ({ differences }) => differences?.[rate]?.low ?? null },
  { name: `${rate}_high`, cell: ({ differences }) => differences?.[rate]?.high ?? null },
  {
    name: `${rate}_beyond_chance`,
    cell: ({ differences }) => {
      const found = differences?.[rate]
      return found ? String(found.beyondChance) : null
    },
  },
])

function clickRate({ counts, clickBasis }: Line): number | null {
  const whole = counts?.[clickBasis] ?? null
  return counts?.clicked == null || whole === null || whole < MIN_VOLUME ? null : counts.clicked / whole
}

/** A comparison as CSV: a row for each campaign, the first one first. */
export const compareTasksCsv = csvTable({
  rows: ({ age, tasks, clickBasis, vendors, tz }: CompareTasksReply) =>
    tasks.map((task) => ({ ...task, at: age, clickBasis, vendors, tz })),
  columns: [
    { name: 'task', cell: ({ taskId }) => taskId },
    { name: 'name', cell: ({ label }) => label },
    { name: 'tags', cell: ({ tags }) => tags.join(', ') },
    { name: 'sent_at', cell: ({ sentAt }) => sentAt },
    { name: 'compared_at', cell: ({ at }) => at },
    { name: 'age_s', cell: ({ age }) => age },
    { name: 'as_of', cell: ({ asOf }) => asOf },
    { name: 'tz', cell: ({ tz }) => zoneCell(tz) },
    { name: 'gap', cell: ({ gap }) => gap },
    { name: 'sendable', cell: ({ counts }) => counts?.sendable ?? null },
    { name: 'sent', cell: ({ counts }) => counts?.sent ?? null },
    { name: 'delivered', cell: ({ counts }) => counts?.delivered ?? null },
    { name: 'clicked', cell: ({ counts }) => counts?.clicked ?? null },
    { name: 'send_rate', cell: ({ counts }) => counts?.rates.send ?? null },
    { name: 'reporting_share', cell: ({ counts }) => counts?.cover.share ?? null },
    { name: 'compared_sent', cell: ({ delivery }) => delivery?.sent ?? null },
    { name: 'compared_delivered', cell: ({ delivery }) => delivery?.delivered ?? null },
    { name: 'compared_delivery_rate', cell: ({ delivery }) => delivery?.rate ?? null },
    { name: 'click_rate', cell: clickRate },
    { name: 'click_basis', cell: ({ clickBasis }) => clickBasis },
    // The delivery rates and their difference are over these vendors.
    {
      name: 'compared_vendors',
      cell: ({ vendors }) =>
        vendors.map(({ vendor, channel }) => [vendor, channel].filter(Boolean).join(' ')).join(', '),
    },
    ...DIFFERENCES,
    { name: 'held', cell: ({ counts }) => Number(counts !== null) },
  ],
  demoColumn: 'note',
})
