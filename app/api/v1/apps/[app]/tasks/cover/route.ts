import { taskCoverQuery, taskCoverReply } from '@/lib/contract/campaigns/task-cover'
import { getOfApp } from '@/lib/http/route'
import { getTaskCover } from '@/lib/service/tasks/get-task-cover'
import { taskCoverCsv } from '@/lib/service/tasks/task-cover-csv'

export const GET = getOfApp({
  ability: 'read',
  problems: ['bad_range'],
  query: taskCoverQuery,
  reply: taskCoverReply,
  verb: getTaskCover,
  csv: taskCoverCsv,
})
