import { failedSignInsQuery, failedSignInsReply } from '@/lib/contract/access/audit'
import { getOpen } from '@/lib/http/route'
import { failedSignInsCsv } from '@/lib/service/audit/audit-csv'
import { listFailedSignIns } from '@/lib/service/audit/list-failed-sign-ins'

export const GET = getOpen({
  administrator: true,
  query: failedSignInsQuery,
  reply: failedSignInsReply,
  verb: listFailedSignIns,
  csv: failedSignInsCsv,
})
