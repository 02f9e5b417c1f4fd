import { tasksReply, tasksRequest } from '@/lib/contract/tasks'
import { getOfApp } from '@/lib/http/route'
import { listTasks } from '@/lib/service/tasks/list-tasks'
import { tasksCsv } from '@/lib/service/tasks/tasks-csv'

export const GET = getOfApp({ ability: 'read', query: tasksRequest, reply: tasksReply, verb: listTasks, csv: tasksCsv })
