import { taskCoverQuery, taskCoverReply } from '@/lib/contract/task-cover'
import { getOfApp } from '@/lib/http/route'
import { getTaskCover } from '@/lib/service/get-task-cover'

export const GET = getOfApp({ ability: 'read', query: taskCoverQuery, reply: taskCoverReply, verb: getTaskCover })
