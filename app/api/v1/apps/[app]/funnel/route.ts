import { funnelQuery, funnelReply } from '@/lib/contract/funnel'
import { getOfApp } from '@/lib/http/route'
import { getFunnel } from '@/lib/service/funnel/get-funnel'

export const GET = getOfApp({ ability: 'read', query: funnelQuery, reply: funnelReply, verb: getFunnel })
