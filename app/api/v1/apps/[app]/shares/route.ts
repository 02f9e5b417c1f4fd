import { createdShareReply, createShareBody } from '@/lib/contract/shares/share'
import { postToApp } from '@/lib/http/route'
import { createShare } from '@/lib/service/shares/create-share'

export const POST = postToApp({
  ability: 'admin',
  problems: ['bad_range', 'unavailable'],
  query: createShareBody,
  reply: createdShareReply,
  status: 201,
  verb: createShare,
})
