import { pageHref } from '@/lib/contract/links'
import type { LookupLinkReply } from '@/lib/contract/lookup-text'
import { ApiError, post } from './api'
import { remember } from './recent'

/** The server refuses more, with a sentence. */
const MOST = 20_001

/** The text of a form: what is pasted as it is, a field of its own with its name in front. */
export function formText(form: FormData): string {
  const parts = [...form].flatMap(([name, value]) => {
    if (name === 'app') return []
    return [name === 'q' ? String(value) : `${name}: "${String(value).replaceAll('"', '')}"`]
  })
  return parts.join('\n').slice(0, MOST)
}

/** Where the answer to the form stands; this browser remembers it. Throws ApiError but for who is signed out. */
export async function lookUpText(app: string, form: FormData): Promise<string> {
  try {
    const reply = await post<LookupLinkReply>(`/api/v1/apps/${encodeURIComponent(app)}/traces/box`, {
      text: formText(form),
    })
    remember(reply, Date.now())
    return reply.href
  } catch (error) {
    if (error instanceof ApiError && error.code === 'not_signed_in') return pageHref('signIn', null)
    throw error
  }
}
