import { userQuery, userReply } from '@/lib/contract/users'
import { postToApp } from '@/lib/http/route'
import { getUser } from '@/lib/service/users/get-user'

/** By POST, so that no UserID stands in a log; the answer's `ref` is what an address may carry. */
export const POST = postToApp({ ability: 'trace', query: userQuery, reply: userReply, verb: getUser })
