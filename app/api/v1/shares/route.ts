import { sharesQuery, sharesReply } from '@/lib/contract/shares/share'
import { getOpen } from '@/lib/http/route'
import { listShares } from '@/lib/service/shares/list-shares'
import { sharesCsv } from '@/lib/service/shares/shares-csv'

export const GET = getOpen({
  problems: ['forbidden', 'not_found'],
  query: sharesQuery,
  reply: sharesReply,
  verb: listShares,
  csv: sharesCsv,
})
