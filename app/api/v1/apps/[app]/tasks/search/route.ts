import { searchQuery, searchReply } from '@/lib/contract/tasks'
import { postToApp } from '@/lib/http/route'
import { searchTasks } from '@/lib/service/tasks/search-tasks'

/** Finds campaigns by text in the body: people also type UserIDs into the box, and those must stay out of logs. */
export const POST = postToApp({ ability: 'read', query: searchQuery, reply: searchReply, verb: searchTasks })
