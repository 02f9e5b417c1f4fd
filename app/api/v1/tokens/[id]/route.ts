import { tokenKey, tokenReply } from '@/lib/contract/access/tokens'
import { deleteOpen } from '@/lib/http/route'
import { revokeApiToken } from '@/lib/service/tokens/revoke-token'

export const DELETE = deleteOpen({
  administrator: true,
  query: tokenKey,
  reply: tokenReply,
  problems: ['not_found'],
  verb: revokeApiToken,
})
