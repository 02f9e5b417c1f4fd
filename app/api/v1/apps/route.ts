import { z } from 'zod'
import { appReply, appsReply } from '@/lib/contract/apps'
import { newAppBody } from '@/lib/contract/apps/manage'
import { getOpen, postOpen } from '@/lib/http/route'
import { addApp } from '@/lib/service/apps/add-app'
import { appsCsv } from '@/lib/service/apps/apps-csv'
import { listApps } from '@/lib/service/apps/list-apps'

export const GET = getOpen({ query: z.strictObject({}), reply: appsReply, verb: listApps, csv: appsCsv })
export const POST = postOpen({ administrator: true, query: newAppBody, reply: appReply, verb: addApp, status: 201 })
