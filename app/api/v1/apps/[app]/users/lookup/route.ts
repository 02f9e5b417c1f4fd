import { userQuery, userReply } from '@/lib/contract/users'
import { postToApp } from '@/lib/http/route'
import { getUser } from '@/lib/service/users/get-user'
import { userCsv } from '@/lib/service/users/user-csv'

/** By POST, so that no UserID is in a log. The reply's `ref` can be part of an address. */
export const POST = postToApp({
  ability: 'trace',
  query: userQuery,
  reply: userReply,
  verb: getUser,
  csv: userCsv,
  problems: ['bad_range'],
})
