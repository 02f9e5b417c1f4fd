import { checkReply } from '@/lib/contract/apps/check'
import { checkBody } from '@/lib/contract/apps/manage'
import { postToApp } from '@/lib/http/route'
import { checkApp } from '@/lib/service/apps/check-app'

export const POST = postToApp({ ability: 'admin', query: checkBody, reply: checkReply, verb: checkApp })
