import { z } from 'zod'
import { statusReply } from '@/lib/contract/apps'
import { getOfApp } from '@/lib/http/route'
import { getStatus } from '@/lib/service/system/get-status'
import { statusCsv } from '@/lib/service/system/status-csv'

/** The System page shows the same, and is for administrators too. */
export const GET = getOfApp({
  ability: 'admin',
  query: z.strictObject({}),
  reply: statusReply,
  verb: getStatus,
  csv: statusCsv,
})
