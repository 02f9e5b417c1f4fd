import { traceQuery, traceReply } from '@/lib/contract/traces'
import { getOfApp } from '@/lib/http/route'
import { getTraceByAddress } from '@/lib/service/lookup/get-trace'
import { traceCsv } from '@/lib/service/lookup/trace-csv'

/** For programs. People send the same fields in a body to traces/lookup, which keeps UserIDs out of addresses. */
export const GET = getOfApp({
  ability: 'trace',
  query: traceQuery,
  reply: traceReply,
  verb: getTraceByAddress,
  csv: traceCsv,
  audited: true,
})
