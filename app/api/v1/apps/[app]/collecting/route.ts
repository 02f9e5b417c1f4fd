import { collectingBody, statusReply } from '@/lib/contract/apps'
import { postToApp } from '@/lib/http/route'
import { setCollecting } from '@/lib/service/system/set-collecting'

export const POST = postToApp({ ability: 'admin', query: collectingBody, reply: statusReply, verb: setCollecting })
