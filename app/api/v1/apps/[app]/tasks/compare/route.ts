import { compareTasksReply, compareTasksRequest } from '@/lib/contract/campaigns/task-comparison'
import { getOfApp } from '@/lib/http/route'
import { compareTasks } from '@/lib/service/tasks/compare-tasks'
import { compareTasksCsv } from '@/lib/service/tasks/compare-tasks-csv'

export const GET = getOfApp({
  ability: 'read',
  query: compareTasksRequest,
  reply: compareTasksReply,
  verb: compareTasks,
  csv: compareTasksCsv,
})
