import 'server-only'
import { cookies } from 'next/headers'
import { sessionCookie } from '@/lib/access/cookies'
import { findDueSession } from '@/lib/access/sessions'
import type { Running } from '@/lib/context'

/** Returns whether the request's session can do nothing but set up a second factor. */
export async function isSetUpDue({ access, publicUrl }: Running): Promise<boolean> {
  const session = (await cookies()).get(sessionCookie(publicUrl).name)?.value
  return session !== undefined && (await findDueSession(access, session)) !== null
}
