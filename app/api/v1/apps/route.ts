import { z } from 'zod'
import { appsReply } from '@/lib/contract/apps'
import { getOpen } from '@/lib/http/route'
import { appsCsv } from '@/lib/service/apps/apps-csv'
import { listApps } from '@/lib/service/apps/list-apps'

export const GET = getOpen({ query: z.strictObject({}), reply: appsReply, verb: listApps, csv: appsCsv })
