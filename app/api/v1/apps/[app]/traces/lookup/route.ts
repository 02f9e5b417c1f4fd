import { traceQuery, traceReply } from '@/lib/contract/traces'
import { postToApp } from '@/lib/http/route'
import { getTrace } from '@/lib/service/lookup/get-trace'
import { traceCsv } from '@/lib/service/lookup/trace-csv'

/** The same look-up with its fields in the body, so that no UserID is in a log or a browser's history. */
export const POST = postToApp({ ability: 'trace', query: traceQuery, reply: traceReply, verb: getTrace, csv: traceCsv })
