import { userQuery, userReply } from '@/lib/contract/users'
import { postToApp } from '@/lib/http/route'
import { getUser } from '@/lib/service/users/get-user'

/** Takes the UserID by POST, so that it reaches no log. The `ref` of the reply is safe in an address. */
export const POST = postToApp({ ability: 'trace', query: userQuery, reply: userReply, verb: getUser })
