import { funnelReply, funnelRequest } from '@/lib/contract/funnel'
import { getOfApp } from '@/lib/http/route'
import { funnelCsv } from '@/lib/service/funnel/funnel-csv'
import { getFunnel } from '@/lib/service/funnel/get-funnel'
import { resolveFunnel } from '@/lib/service/read/resolve-question'

export const GET = getOfApp({
  ability: 'read',
  problems: ['bad_range'],
  query: funnelRequest,
  reply: funnelReply,
  verb: (ctx, scoped) => getFunnel(ctx, resolveFunnel(ctx, scoped)),
  csv: funnelCsv,
})
