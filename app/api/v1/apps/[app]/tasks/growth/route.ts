import { taskGrowthReply, taskGrowthRequest } from '@/lib/contract/campaigns/task-growth'
import { getOfApp } from '@/lib/http/route'
import { getTaskGrowth } from '@/lib/service/tasks/get-task-growth'
import { taskGrowthCsv } from '@/lib/service/tasks/task-growth-csv'

export const GET = getOfApp({
  ability: 'read',
  query: taskGrowthRequest,
  reply: taskGrowthReply,
  verb: getTaskGrowth,
  csv: taskGrowthCsv,
})
