import { shareOpensQuery, shareOpensReply } from '@/lib/contract/shares/share'
import { getOfApp } from '@/lib/http/route'
import { listShareOpens } from '@/lib/service/shares/list-opens'
import { shareOpensCsv } from '@/lib/service/shares/shares-csv'

export const GET = getOfApp({
  ability: 'admin',
  query: shareOpensQuery,
  reply: shareOpensReply,
  verb: listShareOpens,
  csv: shareOpensCsv,
})
