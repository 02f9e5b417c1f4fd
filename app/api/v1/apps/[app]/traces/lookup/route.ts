import { traceQuery, traceReply } from '@/lib/contract/traces'
import { postToApp } from '@/lib/http/route'
import { getTrace } from '@/lib/service/lookup/get-trace'

/** Looks up one push with its fields in the body, so that no UserID reaches a log or a browser's history. */
export const POST = postToApp({ ability: 'trace', query: traceQuery, reply: traceReply, verb: getTrace })
