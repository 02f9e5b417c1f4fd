import type {
  ChangeShareBody,
  CreatedShareReply,
  RevokedSharesReply,
  ShareContent,
  ShareOpensReply,
  ShareReply,
} from '@/lib/contract/shares/share'
import { api, patch, post, remove } from './api'

/** A new link, with the fields that have a default left out or given. */
export interface NewShareBody {
  name: string
  content: ShareContent
  endsAt: string
  password?: string
  origins: string[]
  picture: boolean
}

const pathOf = (app: string, share?: string) =>
  `/api/v1/apps/${encodeURIComponent(app)}/shares${share === undefined ? '' : `/${encodeURIComponent(share)}`}`

/** Creates a link. Its whole address is in this reply alone. */
export function createShare(app: string, body: NewShareBody): Promise<CreatedShareReply> {
  return post<CreatedShareReply>(pathOf(app), body)
}

export function changeShare(app: string, share: string, body: ChangeShareBody): Promise<ShareReply> {
  return patch<ShareReply>(pathOf(app, share), body)
}

/** Revokes a link for good. */
export function revokeShare(app: string, share: string): Promise<ShareReply> {
  return remove<ShareReply>(pathOf(app, share))
}

/** Revokes all links of an app, or only those that one person owns. */
export function revokeShares(app: string, owner: string | null): Promise<RevokedSharesReply> {
  return post<RevokedSharesReply>('/api/v1/shares/revoke', owner === null ? { app } : { app, owner })
}

/** Lists the newest openings of a link. */
export function shareOpens(app: string, share: string): Promise<ShareOpensReply> {
  return api<ShareOpensReply>(`${pathOf(app, share)}/opens`)
}
