import { retentionQuery, retentionReply } from '@/lib/contract/installation/retention'
import { getOpen } from '@/lib/http/route'
import { getRetention } from '@/lib/service/retention/get-retention'
import { retentionCsv } from '@/lib/service/retention/retention-csv'

export const GET = getOpen({
  administrator: true,
  query: retentionQuery,
  reply: retentionReply,
  verb: getRetention,
  csv: retentionCsv,
})
