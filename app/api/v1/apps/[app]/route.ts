import { appReply } from '@/lib/contract/apps'
import { appChange, appRemoval, removedReply } from '@/lib/contract/apps/manage'
import { postToApp } from '@/lib/http/route'
import { changeApp } from '@/lib/service/apps/change-app'
import { removeApp } from '@/lib/service/apps/remove-app'

export const PATCH = postToApp({ ability: 'admin', query: appChange, reply: appReply, verb: changeApp })
export const DELETE = postToApp({ ability: 'admin', query: appRemoval, reply: removedReply, verb: removeApp })
