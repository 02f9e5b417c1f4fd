import { putTaskQuery, taskReply } from '@/lib/contract/tasks'
import { putToApp } from '@/lib/http/route'
import { putTask } from '@/lib/service/tasks/put-task'

export const PUT = putToApp({ ability: 'tasks', query: putTaskQuery, reply: taskReply, verb: putTask })
