import { lookupLinkReply, lookupTextQuery } from '@/lib/contract/lookup-text'
import { postToApp } from '@/lib/http/route'
import { leadTo } from '@/lib/service/lookup/link-to-lookup'

/** Where the answer to whatever was pasted stands, at an address that holds no ID of a person. */
export const POST = postToApp({ ability: 'trace', query: lookupTextQuery, reply: lookupLinkReply, verb: leadTo })
