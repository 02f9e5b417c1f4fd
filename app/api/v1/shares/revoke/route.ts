import { revokedSharesReply, revokeSharesBody } from '@/lib/contract/shares/share'
import { postOpen } from '@/lib/http/route'
import { revokeShares } from '@/lib/service/shares/revoke-shares'

export const POST = postOpen({
  problems: ['forbidden', 'not_found'],
  query: revokeSharesBody,
  reply: revokedSharesReply,
  verb: revokeShares,
})
