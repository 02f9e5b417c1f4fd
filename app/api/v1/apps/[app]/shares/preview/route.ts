import { previewShareBody, viewShareReply } from '@/lib/contract/shares/view'
import { postToApp } from '@/lib/http/route'
import { previewShare } from '@/lib/service/shares/preview-share'

export const POST = postToApp({
  ability: 'admin',
  problems: ['outside_share', 'bad_range'],
  query: previewShareBody,
  reply: viewShareReply,
  verb: previewShare,
})
