import { traceQuery, traceReply } from '@/lib/contract/traces'
import { getOfApp } from '@/lib/http/route'
import { getTrace } from '@/lib/service/lookup/get-trace'
import { traceCsv } from '@/lib/service/lookup/trace-csv'

export const GET = getOfApp({ ability: 'trace', query: traceQuery, reply: traceReply, verb: getTrace, csv: traceCsv })
