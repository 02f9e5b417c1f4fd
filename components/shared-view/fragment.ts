import type { SharedAccess } from '@/lib/browser/shared-view'
import { decodePreview, PREVIEW_ID } from '@/lib/contract/shares/preview'

const SECRET = /^[\w-]{20,200}$/

/**
 * Returns what opens the page at this address; null where the part after # is missing. It is read in the browser only:
 * browsers send it to no server.
 */
export function accessOf(id: string, hash: string): SharedAccess | null {
  const fragment = hash.replace(/^#/, '')
  if (fragment === '') return null
  if (id !== PREVIEW_ID) return { kind: 'link', id, secret: fragment }
  const preview = decodePreview(fragment)
  return preview && { kind: 'preview', ...preview }
}

/** Returns the part after # of a whole address of this link, as somebody pasted it; null where it is something else. */
export function secretOfAddress(text: string, id: string): string | null {
  const address = text.trim().slice(0, 2_000)
  if (!URL.canParse(address)) return null
  const { pathname, hash } = new URL(address)
  const secret = hash.slice(1)
  return pathname === `/share/${id}` && SECRET.test(secret) ? secret : null
}
