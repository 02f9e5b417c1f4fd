import { bulkQuery, bulkReply } from '@/lib/contract/bulk'
import { postToApp } from '@/lib/http/route'
import { bulkCsv } from '@/lib/service/lookup/bulk-csv'
import { bulkTraces } from '@/lib/service/lookup/bulk-traces'

/** Returns up to 50 look-ups at once, as far as they are stored. The client asks again for those that wait. */
export const POST = postToApp({ ability: 'trace', query: bulkQuery, reply: bulkReply, verb: bulkTraces, csv: bulkCsv })
