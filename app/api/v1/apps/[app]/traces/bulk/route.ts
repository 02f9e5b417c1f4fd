import { bulkQuery, bulkReply } from '@/lib/contract/bulk'
import { postToApp } from '@/lib/http/route'
import { bulkCsv } from '@/lib/service/lookup/bulk-csv'
import { bulkTraces } from '@/lib/service/lookup/bulk-traces'

/** Looks up at most 50 pushes at once and returns what is stored. Send the waiting ones again. */
export const POST = postToApp({ ability: 'trace', query: bulkQuery, reply: bulkReply, verb: bulkTraces, csv: bulkCsv })
