import type { ShareScope } from './scope'

/** The ID in the address of the page that shows a scope before a link to it exists. No link has this ID. */
export const PREVIEW_ID = 'preview'

export interface SharePreview {
  app: string
  scope: ShareScope
}

/** Returns the address of a preview. The scope is in the fragment: the server checks it when the page asks for numbers. */
export function previewHref(preview: SharePreview): string {
  const bytes = new TextEncoder().encode(JSON.stringify(preview))
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  return `/share/${PREVIEW_ID}#${text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`
}

/** Returns the app and the scope of a fragment that `previewHref` made; null for anything else. */
export function decodePreview(fragment: string): SharePreview | null {
  try {
    const bytes = Uint8Array.from(atob(fragment.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
    const { app, scope } = JSON.parse(new TextDecoder().decode(bytes))
    return typeof app === 'string' && typeof scope === 'object' && scope !== null ? { app, scope } : null
  } catch {
    return null
  }
}
