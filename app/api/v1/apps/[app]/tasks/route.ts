import { tasksQuery, tasksReply } from '@/lib/contract/tasks'
import { getOfApp } from '@/lib/http/route'
import { listTasks } from '@/lib/service/list-tasks'
import { tasksCsv } from '@/lib/service/tasks-csv'

export const GET = getOfApp({ ability: 'read', query: tasksQuery, reply: tasksReply, verb: listTasks, csv: tasksCsv })
