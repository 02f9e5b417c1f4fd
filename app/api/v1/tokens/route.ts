import { z } from 'zod'
import { createdTokenReply, tokenBody, tokensReply } from '@/lib/contract/access/tokens'
import { getOpen, postOpen } from '@/lib/http/route'
import { createApiToken } from '@/lib/service/tokens/create-token'
import { listTokens } from '@/lib/service/tokens/list-tokens'
import { tokensCsv } from '@/lib/service/tokens/tokens-csv'

export const GET = getOpen({
  administrator: true,
  query: z.strictObject({}),
  reply: tokensReply,
  verb: listTokens,
  csv: tokensCsv,
})
export const POST = postOpen({
  administrator: true,
  personOnly: true,
  query: tokenBody,
  reply: createdTokenReply,
  status: 201,
  problems: ['not_found'],
  verb: createApiToken,
})
