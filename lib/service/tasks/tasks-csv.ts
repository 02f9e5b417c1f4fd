import 'server-only'
import type { TasksReply, TasksRequest } from '@/lib/contract/tasks'
import { type CsvWriter, csvTable, zoneCell } from '@/lib/service/read/csv'

/** A row for each campaign. An import reads these columns again. `held` is 1 where it has numbers. */
const campaignsCsv = csvTable({
  rows: ({ items, tz }: TasksReply) => items.map((task) => ({ ...task, tz })),
  columns: [
    { name: 'task_id', cell: (task) => task.taskId },
    { name: 'name', cell: (task) => task.label },
    { name: 'tags', cell: (task) => task.tags.join(', ') },
    { name: 'note', cell: (task) => task.note },
    { name: 'sent_at', cell: (task) => task.sentAt },
    { name: 'known_by', cell: (task) => task.knownBy },
    { name: 'known_since', cell: (task) => task.createdAt },
    { name: 'age_hours', cell: (task) => task.ageHours },
    { name: 'sendable', cell: ({ total }) => total?.sendable ?? null },
    { name: 'sent', cell: ({ total }) => total?.sent ?? null },
    { name: 'delivered', cell: ({ total }) => total?.delivered ?? null },
    { name: 'clicked', cell: ({ total }) => total?.clicked ?? null },
    { name: 'delivery', cell: ({ total }) => total?.delivery ?? null },
    { name: 'delivery_rate', cell: ({ total }) => total?.rates.delivery ?? null },
    { name: 'delivery_rate_reporting', cell: ({ total }) => total?.rates.deliveryReporting ?? null },
    { name: 'reporting_share', cell: ({ total }) => total?.cover.share ?? null },
    { name: 'click_rate', cell: ({ total }) => total?.rates.click ?? null },
    { name: 'click_basis', cell: ({ total }) => total?.rates.clickBasis ?? null },
    { name: 'tag_compared', cell: ({ change }) => change?.tag ?? null },
    { name: 'age_compared', cell: ({ change }) => change?.age ?? null },
    { name: 'delivery_rate_change', cell: ({ change }) => change?.delivery ?? null },
    { name: 'top_reason', cell: ({ reason }) => reason?.title ?? null },
    { name: 'top_reason_code', cell: ({ reason }) => reason?.code ?? null },
    { name: 'top_reason_share', cell: ({ reason }) => reason?.share ?? null },
    { name: 'as_of', cell: (task) => task.asOf },
    { name: 'held', cell: ({ total }) => Number(total !== null) },
    { name: 'tz', cell: ({ tz }) => zoneCell(tz) },
  ],
  demoColumn: 'demo',
})

/** A row for each group of a grouped list. The sums are of the campaigns that have numbers: `known` of `campaigns`. */
const tagsCsv = csvTable({
  rows: ({ groups, tz, asOf }: TasksReply) => groups.map((group) => ({ ...group, tz, asOf })),
  columns: [
    { name: 'tag', cell: ({ tag }) => tag },
    { name: 'campaigns', cell: ({ campaigns }) => campaigns },
    { name: 'known', cell: ({ known }) => known },
    { name: 'sent', cell: ({ sent }) => sent },
    { name: 'delivered', cell: ({ delivered }) => delivered },
    { name: 'clicked', cell: ({ clicked }) => clicked },
    { name: 'reporting_sent', cell: ({ reportingSent }) => reportingSent },
    { name: 'reporting_delivered', cell: ({ reportingDelivered }) => reportingDelivered },
    { name: 'delivery_rate_reporting', cell: ({ delivery }) => delivery },
    { name: 'reporting_share', cell: ({ share }) => share },
    { name: 'click_rate', cell: ({ click }) => click },
    { name: 'click_basis', cell: ({ clickBasis }) => clickBasis },
    { name: 'as_of', cell: ({ asOf }) => asOf },
    { name: 'tz', cell: ({ tz }) => zoneCell(tz) },
  ],
  demoColumn: 'note',
})

const TABLES = { campaigns: campaignsCsv, tags: tagsCsv }

/** The campaign list as CSV: the table that the request names. */
export const tasksCsv: CsvWriter<TasksReply, TasksRequest> = (reply, app, { table }) => TABLES[table](reply, app)
