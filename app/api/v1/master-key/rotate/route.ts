import { z } from 'zod'
import { masterKeyReply } from '@/lib/contract/access/master-key'
import { postOpen } from '@/lib/http/route'
import { rotateMasterKey } from '@/lib/service/system/rotate-master-key'

export const POST = postOpen({
  query: z.strictObject({}),
  reply: masterKeyReply,
  verb: rotateMasterKey,
  administrator: true,
  problems: ['conflict'],
})
