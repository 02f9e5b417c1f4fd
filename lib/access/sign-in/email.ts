import 'server-only'
import { z } from 'zod'

// Lower case comes last: before it, letters of other alphabets are refused, which lower case could fold into ours.
const email = z.string().trim().max(254).pipe(z.email().toLowerCase())

/** The one form an address is stored and looked up in (ASCII, lower case), or null where it is none. */
export function normalEmail(text: string): string | null {
  const parsed = text.length > 1_000 ? null : email.safeParse(text)
  return parsed?.success ? parsed.data : null
}
