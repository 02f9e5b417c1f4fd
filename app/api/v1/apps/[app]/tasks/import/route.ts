import { MAX_IMPORT_BYTES } from '@/lib/contract/limits'
import { importQuery, importReply } from '@/lib/contract/tasks'
import { postToApp } from '@/lib/http/route'
import { importTasks } from '@/lib/service/tasks/import-tasks'

export const POST = postToApp({
  ability: 'tasks',
  query: importQuery,
  reply: importReply,
  verb: importTasks,
  maxBytes: MAX_IMPORT_BYTES,
})
