import { lookupLinkReply, lookupTextQuery } from '@/lib/contract/lookup-text'
import { postToApp } from '@/lib/http/route'
import { linkToLookup } from '@/lib/service/lookup/link-to-lookup'

/** Returns the address of the answer to a pasted text. The address contains no ID of a person. */
export const POST = postToApp({ ability: 'trace', query: lookupTextQuery, reply: lookupLinkReply, verb: linkToLookup })
