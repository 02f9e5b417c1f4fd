import { z } from 'zod'
import { shareOwnersReply } from '@/lib/contract/shares/share'
import { getOfApp } from '@/lib/http/route'
import { listShareOwners } from '@/lib/service/shares/list-owners'
import { shareOwnersCsv } from '@/lib/service/shares/shares-csv'

export const GET = getOfApp({
  ability: 'admin',
  query: z.strictObject({}),
  reply: shareOwnersReply,
  verb: listShareOwners,
  csv: shareOwnersCsv,
})
