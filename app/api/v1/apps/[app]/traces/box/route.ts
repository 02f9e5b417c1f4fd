import { lookupLinkReply, lookupTextQuery } from '@/lib/contract/lookup-text'
import { postToApp } from '@/lib/http/route'
import { leadTo } from '@/lib/service/lookup/link-to-lookup'

/** Returns the link that answers a pasted text. The link contains no ID of a person. */
export const POST = postToApp({ ability: 'trace', query: lookupTextQuery, reply: lookupLinkReply, verb: leadTo })
