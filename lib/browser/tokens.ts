import type { CreatedTokenReply, TokenBody, TokenReply } from '@/lib/contract/access/tokens'
import { api, post } from './api'

const TOKENS = '/api/v1/tokens'

/** Creates a token. Only this reply contains its text. */
export function createToken(body: TokenBody): Promise<CreatedTokenReply> {
  return post<CreatedTokenReply>(TOKENS, body)
}

export function revokeToken(id: string): Promise<TokenReply> {
  return api<TokenReply>(`${TOKENS}/${encodeURIComponent(id)}`, { method: 'DELETE' })
}
