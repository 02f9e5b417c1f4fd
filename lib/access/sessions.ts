import 'server-only'
import { randomBytes } from 'node:crypto'
import { PushlensError } from '@/lib/contract/errors'
import { DAY, SESSION_DAYS } from '@/lib/contract/limits'
import { type AccessDeps, wallS } from './deps'
import { plainHash } from './keys/keyed-hash'
import { Secret } from './keys/secret'
import { optionalWrite } from './optional-write'
import { isSecondFactorDue } from './second-factor/required-roles'

const IDLE_S = 12 * 3_600
export const SESSION_LIFE_S = SESSION_DAYS * DAY
const SEEN_EVERY_S = 60
const MAX_AGENT_LENGTH = 200
const ID = /^[A-Za-z0-9_-]{43}$/

export interface Visit {
  address: string
  agent: string
}
/** A session as shown to its person. Times are epoch seconds. `idHash` identifies it and can't be used to sign in. */
export interface SessionInfo extends Visit {
  idHash: string
  createdAt: number
  seenAt: number
  expiresAt: number
}
type Deps = Pick<AccessDeps, 'sessions' | 'clock'>
type StartDeps = Deps & Pick<AccessDeps, 'people' | 'secondFactors' | 'settings'>

/**
 * Creates a session and returns its id for the cookie. Only its hash is stored. Also deletes all expired sessions. A
 * person whose role needs a second factor, and who has none, can do nothing with it but set one up. With `byProvider` a
 * sign-in provider has checked who it is, and asks for a second factor itself. Throws `bad_credentials` if the person
 * was removed in the meantime.
 */
export async function startSession(
  deps: StartDeps,
  personId: string,
  visit: Visit,
  { byProvider = false } = {},
): Promise<Secret> {
  const id = randomBytes(32).toString('base64url')
  const nowS = wallS(deps.clock)
  await deps.sessions.removeExpired(nowS)
  const created = deps.sessions.create({
    id_hash: plainHash(id),
    person_id: personId,
    created_at: nowS,
    seen_at: nowS,
    expires_at: nowS + SESSION_LIFE_S,
    revoked_at: null,
    address: visit.address,
    agent: visit.agent.slice(0, MAX_AGENT_LENGTH),
    second_factor_due: !byProvider && (await isSecondFactorDue(deps, personId)) ? 1 : 0,
  })
  await created.catch(async (error: unknown) => {
    if (await deps.people.byId(personId)) throw error
    throw new PushlensError('bad_credentials', 'the person was removed during the sign-in')
  })
  return new Secret(id)
}

/**
 * Returns the active session of a cookie's value. Null if invalid, ended, idle for 12 h, of a disabled person, or while
 * its person must set up a second factor first.
 */
export async function findSession(deps: Deps, id: string) {
  const found = await findActive(deps, id)
  return found && !found.due ? found.session : null
}

/**
 * Returns the session of a person who must set up a second factor. It authorizes nothing else. Null for every other
 * session, and after the person has set it up elsewhere: then they sign in again, with a code.
 */
export async function findDueSession(deps: Deps & Pick<AccessDeps, 'secondFactors'>, id: string) {
  const found = await findActive(deps, id)
  if (!found?.due) return null
  const factor = await deps.secondFactors.get(found.session.personId)
  return factor?.sealed === null ? found.session : null
}

/** Lets the session of a cookie do everything, after its person has set up a second factor. */
export async function finishSession(deps: Pick<AccessDeps, 'sessions'>, idHash: string): Promise<void> {
  await deps.sessions.setFactorDone(idHash)
}

async function findActive(deps: Deps, id: string) {
  if (!ID.test(id)) return null
  const session = await deps.sessions.find(plainHash(id))
  const nowS = wallS(deps.clock)
  if (!session || session.disabled_at !== null || !isAlive(session, nowS)) return null
  if (nowS - session.seen_at >= SEEN_EVERY_S) await optionalWrite(deps.sessions.touch(session.id_hash, nowS))
  const { id_hash: idHash, person_id: personId, name, email } = session
  return { session: { idHash, personId, name, email }, due: session.second_factor_due === 1 }
}

/** Ends the session of a cookie's value. Does nothing for an invalid or ended one. */
export async function endSession(deps: Deps, id: string): Promise<void> {
  if (ID.test(id)) await deps.sessions.revoke(plainHash(id), wallS(deps.clock))
}

/** Ends the sessions of a person, except one if its hash is given, and returns their number. */
export async function endAllSessions(deps: Deps, personId: string, except: string | null = null): Promise<number> {
  return deps.sessions.revokeAllOf(personId, wallS(deps.clock), except)
}

/** Returns per person how many sessions are active and when one was last used. */
export async function sessionActivity(deps: Deps): Promise<Map<string, { active: number; seenAt: number }>> {
  const nowS = wallS(deps.clock)
  const activity = new Map<string, { active: number; seenAt: number }>()
  for (const row of await deps.sessions.all()) {
    const { active, seenAt } = activity.get(row.person_id) ?? { active: 0, seenAt: 0 }
    const one = isAlive(row, nowS) ? 1 : 0
    activity.set(row.person_id, { active: active + one, seenAt: Math.max(seenAt, row.seen_at) })
  }
  return activity
}

/** Returns the active sessions of a person, newest sign-in first. */
export async function sessionsOf(deps: Deps, personId: string): Promise<SessionInfo[]> {
  const nowS = wallS(deps.clock)
  const rows = await deps.sessions.listOf(personId)
  return rows
    .filter((row) => isAlive(row, nowS))
    .map((row) => ({
      idHash: row.id_hash,
      createdAt: row.created_at,
      seenAt: row.seen_at,
      expiresAt: row.expires_at,
      address: row.address,
      agent: row.agent,
    }))
}

function isAlive(session: { revoked_at: number | null; expires_at: number; seen_at: number }, nowS: number): boolean {
  return session.revoked_at === null && nowS < session.expires_at && nowS - session.seen_at < IDLE_S
}
