import { reasonsQuery, reasonsReply } from '@/lib/contract/losses'
import { getOpen } from '@/lib/http/route'
import { findReasons } from '@/lib/service/reasons/find-reasons'
import { reasonsCsv } from '@/lib/service/reasons/reasons-csv'

export const GET = getOpen({ query: reasonsQuery, reply: reasonsReply, verb: findReasons, csv: reasonsCsv })
