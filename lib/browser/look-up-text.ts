import { MAX_LOOKUP_TEXT } from '@/lib/contract/limits'
import type { LookupLinkReply } from '@/lib/contract/lookup-text'
import { PATHS } from '@/lib/contract/paths'
import { ApiError, post } from './api'
import { remember } from './recent'

/** Returns the text of a form: pasted text unchanged, a separate field with its name before it. */
export function formText(form: FormData): string {
  const parts = [...form].flatMap(([name, value]) => {
    if (name === 'app') return []
    return [name === 'q' ? String(value) : `${name}: "${String(value).replaceAll('"', '')}"`]
  })
  return parts.join('\n')
}

/**
 * Sends a form's text and returns the address of its answer, which this browser remembers. Throws ApiError, except that
 * a signed-out person gets the sign-in page.
 */
export async function lookUpText(app: string, form: FormData): Promise<string> {
  try {
    const text = formText(form)
    // The answer to a text that is too long says so, and needs no more of it.
    const body = text.length > MAX_LOOKUP_TEXT ? { text: '', cut: true } : { text }
    const reply = await post<LookupLinkReply>(`/api/v1/apps/${encodeURIComponent(app)}/traces/box`, body)
    remember(reply, Date.now())
    return reply.href
  } catch (error) {
    if (error instanceof ApiError && error.code === 'not_signed_in') return PATHS.signIn
    throw error
  }
}
