import { z } from 'zod'
import { checkReply } from '@/lib/contract/check'
import { postToApp } from '@/lib/http/route'
import { checkApp } from '@/lib/service/system/check-app'

export const POST = postToApp({ ability: 'admin', query: z.strictObject({}), reply: checkReply, verb: checkApp })
