import { undoQuery, undoReply } from '@/lib/contract/tasks'
import { postToApp } from '@/lib/http/route'
import { undoImport } from '@/lib/service/tasks/undo-import'

export const POST = postToApp({
  ability: 'tasks',
  query: undoQuery,
  reply: undoReply,
  verb: undoImport,
  problems: ['conflict'],
})
