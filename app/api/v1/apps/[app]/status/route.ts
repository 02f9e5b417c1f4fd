import { z } from 'zod'
import { statusReply } from '@/lib/contract/apps'
import { getOfApp } from '@/lib/http/route'
import { getStatus } from '@/lib/service/system/get-status'
import { statusCsv } from '@/lib/service/system/status-csv'

export const GET = getOfApp({
  ability: 'read',
  query: z.strictObject({}),
  reply: statusReply,
  verb: getStatus,
  csv: statusCsv,
})
