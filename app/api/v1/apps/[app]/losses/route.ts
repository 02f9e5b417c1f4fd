import { lossesReply, lossesRequest } from '@/lib/contract/losses'
import { getOfApp } from '@/lib/http/route'
import { getLosses } from '@/lib/service/losses/get-losses'
import { lossesCsv } from '@/lib/service/losses/losses-csv'
import { resolveLosses } from '@/lib/service/read/resolve-question'

export const GET = getOfApp({
  ability: 'read',
  problems: ['bad_range'],
  query: lossesRequest,
  reply: lossesReply,
  verb: (ctx, scoped) => getLosses(ctx, resolveLosses(ctx, scoped)),
  csv: lossesCsv,
})
