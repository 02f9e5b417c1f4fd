import 'server-only'
import { z } from 'zod'

// Lower case comes last, after letters of other alphabets are refused: some of them fold to ASCII letters.
const email = z.string().trim().max(254).pipe(z.email().toLowerCase())

/** Returns the form in which an address is stored and looked up (ASCII, lower case), or null if it is invalid. */
export function normalEmail(text: string): string | null {
  const parsed = text.length > 1_000 ? null : email.safeParse(text)
  return parsed?.success ? parsed.data : null
}
