import { auditQuery, auditReply } from '@/lib/contract/access/audit'
import { getOpen } from '@/lib/http/route'
import { auditCsv } from '@/lib/service/audit/audit-csv'
import { listAudit } from '@/lib/service/audit/list-audit'

export const GET = getOpen({
  administrator: true,
  query: auditQuery,
  reply: auditReply,
  verb: listAudit,
  csv: auditCsv,
})
