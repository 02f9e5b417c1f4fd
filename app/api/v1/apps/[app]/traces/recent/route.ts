import { recentsQuery, recentsReply } from '@/lib/contract/lookup-text'
import { postToApp } from '@/lib/http/route'
import { openRecents } from '@/lib/service/lookup/open-recents'

/** Names the look-ups that a browser remembers, for the person who made them. By POST: the names contain UserIDs. */
export const POST = postToApp({ ability: 'trace', query: recentsQuery, reply: recentsReply, verb: openRecents })
