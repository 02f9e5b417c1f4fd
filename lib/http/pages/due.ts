import 'server-only'
import { headers } from 'next/headers'
import { sessionCookie } from '@/lib/access/cookies'
import { findDueSession } from '@/lib/access/sessions'
import type { Running } from '@/lib/context'
import { cookieOf } from '../principal'

/** Returns whether the request's session can do nothing but set up a second factor. */
export async function isSetUpDue({ access, publicUrl }: Running): Promise<boolean> {
  const session = cookieOf((await headers()).get('cookie'), sessionCookie(publicUrl).name)
  return session !== null && (await findDueSession(access, session)) !== null
}
