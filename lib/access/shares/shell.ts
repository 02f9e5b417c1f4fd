import 'server-only'
import { PREVIEW_ID } from '@/lib/contract/shares/preview'
import type { Store } from '@/lib/store/store'

type Shares = Pick<Store['shares'], 'byId'>

/**
 * Returns who may show the page of a link in a frame, as sources of `frame-ancestors`; nobody for an unknown link. A
 * link keeps its origins after its end, so that a frame tells nothing about it. The preview is for our own dialog.
 */
export async function frameAncestors(shares: Shares, id: string): Promise<string[]> {
  if (id === PREVIEW_ID) return ["'self'"]
  const share = await shares.byId(id)
  const origins: unknown = share ? JSON.parse(share.origins) : []
  return Array.isArray(origins) ? origins.filter((one) => typeof one === 'string') : []
}

/**
 * Returns the name of a link for the preview of a chat app, which knows no secret: only where the creator chose so, and
 * until the link ends. Else null, also for an unknown link.
 */
export async function openTitle(shares: Shares, id: string, nowS: number): Promise<string | null> {
  const share = await shares.byId(id)
  const isShown = share && share.picture === 1 && share.revoked_at === null && share.ends_at > nowS
  return isShown ? share.name : null
}
