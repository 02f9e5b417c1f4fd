import 'server-only'
import type { Administrator } from '@/lib/access/authorize'
import type { AccessDeps } from '@/lib/access/deps'
import { sessionsOf } from '@/lib/access/sessions'
import type { SessionReply } from '@/lib/contract/access/people'
import { isoOf, personOrThrow } from './person'

type Deps = Pick<AccessDeps, 'people' | 'sessions' | 'clock'>

/** Returns the active sessions of a person, newest sign-in first. `current` is the hash of the caller's own session. */
export async function sessionReplies(
  deps: Pick<Deps, 'sessions' | 'clock'>,
  personId: string,
  current: string | null,
): Promise<SessionReply[]> {
  const sessions = await sessionsOf(deps, personId)
  return sessions.map(({ idHash, createdAt, seenAt, expiresAt, address, agent }) => ({
    id: idHash,
    current: idHash === current,
    createdAt: isoOf(createdAt),
    seenAt: isoOf(seenAt),
    expiresAt: isoOf(expiresAt),
    address,
    device: agent,
  }))
}

/** Returns the active sessions of another person. Throws `not_found`. */
export async function listSessionsOf(
  deps: Deps,
  _by: Administrator,
  personId: string,
): Promise<{ items: SessionReply[]; next: null }> {
  await personOrThrow(deps, personId)
  return { items: await sessionReplies(deps, personId, null), next: null }
}
