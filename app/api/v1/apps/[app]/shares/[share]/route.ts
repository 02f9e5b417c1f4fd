import { changeShareQuery, shareKey, shareReply } from '@/lib/contract/shares/share'
import { deleteOfApp, putToApp } from '@/lib/http/route'
import { changeShare, revokeShare } from '@/lib/service/shares/change-share'

export const PATCH = putToApp({
  ability: 'admin',
  problems: ['conflict'],
  query: changeShareQuery,
  reply: shareReply,
  verb: changeShare,
})
export const DELETE = deleteOfApp({
  ability: 'admin',
  query: shareKey,
  reply: shareReply,
  verb: revokeShare,
})
