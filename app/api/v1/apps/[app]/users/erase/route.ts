import { eraseQuery, eraseReply } from '@/lib/contract/users'
import { postToApp } from '@/lib/http/route'
import { eraseUser } from '@/lib/service/users/erase-user'

export const POST = postToApp({ ability: 'admin', query: eraseQuery, reply: eraseReply, verb: eraseUser })
