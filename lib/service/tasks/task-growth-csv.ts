import 'server-only'
import type { TaskGrowthReply } from '@/lib/contract/campaigns/task-growth'
import { csvTable, zoneCell } from '@/lib/service/read/csv'

/** The growth of a campaign as CSV: a row for each age. Medians are those of the other campaigns of the tag. */
export const taskGrowthCsv = csvTable({
  rows: ({ lines, ...reply }: TaskGrowthReply) => lines.map((line) => ({ ...line, reply })),
  columns: [
    { name: 'task', cell: ({ reply }) => reply.taskId },
    { name: 'sent_at', cell: ({ reply }) => reply.sentAt },
    { name: 'tz', cell: ({ reply }) => zoneCell(reply.tz) },
    { name: 'age', cell: ({ age }) => age },
    { name: 'age_s', cell: ({ ageS }) => ageS },
    { name: 'as_of', cell: ({ asOf }) => asOf },
    { name: 'gap', cell: ({ gap }) => gap },
    { name: 'sendable', cell: ({ total }) => total?.sendable ?? null },
    { name: 'sent', cell: ({ total }) => total?.sent ?? null },
    { name: 'delivered', cell: ({ total }) => total?.delivered ?? null },
    { name: 'clicked', cell: ({ total }) => total?.clicked ?? null },
    { name: 'send_rate', cell: ({ total }) => total?.rates.send ?? null },
    { name: 'delivery_rate_reporting', cell: ({ total }) => total?.rates.deliveryReporting ?? null },
    { name: 'reporting_share', cell: ({ total }) => total?.cover.share ?? null },
    { name: 'click_rate', cell: ({ total }) => total?.rates.click ?? null },
    { name: 'click_basis', cell: ({ total }) => total?.rates.clickBasis ?? null },
    { name: 'tag_compared', cell: ({ reply }) => reply.tag },
    { name: 'send_rate_median', cell: ({ median }) => median?.send ?? null },
    { name: 'delivery_rate_median', cell: ({ median }) => median?.delivery ?? null },
    { name: 'click_rate_median', cell: ({ median }) => median?.click ?? null },
    { name: 'held', cell: ({ reply }) => reply.coverage.held },
    { name: 'expected', cell: ({ reply }) => reply.coverage.expected },
  ],
  demoColumn: 'note',
})
