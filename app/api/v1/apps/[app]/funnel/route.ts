import { funnelQuery, funnelReply } from '@/lib/contract/funnel'
import { getOfApp } from '@/lib/http/route'
import { getFunnel } from '@/lib/service/funnel/get-funnel'
import { resolveFunnel } from '@/lib/service/read/resolve-question'

export const GET = getOfApp({
  ability: 'read',
  query: funnelQuery,
  reply: funnelReply,
  verb: (ctx, scoped) => getFunnel(ctx, resolveFunnel(ctx, scoped)),
})
