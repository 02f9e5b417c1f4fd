import 'server-only'
import { type AccessDeps, wallS } from '@/lib/access/deps'
import { PushlensError } from '@/lib/contract/errors'
import type { OPEN_OUTCOMES } from '@/lib/contract/shares/share'
import type { AppRow } from '@/lib/store/people/apps'
import type { ShareRow, ShareStore } from '@/lib/store/people/shares'
import { countGuess } from './count-guess'
import { isSecret } from './secret'
import { isPass, issuePass } from './share-pass'
import { administers } from './state'

/** What a visitor sends. Absent parts are null. */
export interface Visit {
  id: string
  secret: string | null
  pass: string | null
  password: string | null
  /** The client's address, from the front door. */
  address: string
}

/** A link whose secret is right and that is open. `password`: it needs one. */
export type Opened =
  | { state: 'password' }
  | {
      state: 'open'
      share: ShareRow
      app: AppRow
      /** Set where a password was exchanged for it. */
      pass: string | null
    }
type Outcome = (typeof OPEN_OUTCOMES)[number]

/** A visit, for the log of openings. `shareId` null: there is no such link. */
export interface Visited {
  opened: Opened | null
  shareId: string | null
  outcome: Outcome | null
}

type Deps = Pick<AccessDeps, 'master' | 'failures' | 'passwords' | 'people' | 'tokens' | 'clock'> & {
  shares: Pick<ShareStore, 'byId'>
  apps: { get(id: string): Promise<AppRow | null> }
}

/** Nobody owns it, and it has ended. */
const NO_SHARE = { app_id: '', owner: 'person:', ends_at: 0, paused_at: 0, revoked_at: 0 } as const
/** An ID is 16 random bytes. A longer text is not searched for. */
const LONGEST_ID = 64

/**
 * Opens a link. `opened` null is the one refusal: for an unknown, revoked, ended, paused or orphaned link, a wrong secret and
 * a wrong password. All of them do the same work, so that they take the same time: one look at the link, its owner and its
 * secret, and one password hash where a password was sent. Throws TooManyAttempts for too many passwords, whether the link
 * exists or not, and `unavailable` while too many wait. Nothing of it is remembered: a revoked link ends with the next
 * request.
 */
export async function openShare(deps: Deps, { id, secret, pass, password, address }: Visit): Promise<Visited> {
  const nowS = wallS(deps.clock)
  const guess =
    password === null ? null : await countGuess(deps, { id: id.slice(0, LONGEST_ID), secret: secret ?? '', address })
  const found = id.length > LONGEST_ID ? null : await deps.shares.byId(id)
  const app = await deps.apps.get((found ?? NO_SHARE).app_id)
  const isOpen = await isOpenNow(deps, found, nowS)
  const isRight = isSecret(deps.master, secret ?? '', found?.secret_hash ?? null)
  const isKnown = guess
    ? await deps.passwords.verify(password ?? '', found?.password_hash ?? null, guess.turn)
    : found !== null && pass !== null && isPass(deps.master, pass, found, nowS)

  const shareId = found?.id ?? null
  if (!found || !app || !isOpen || !isRight) return { opened: null, shareId, outcome: 'refused' }
  if (found.password_hash === null) {
    await guess?.succeeded()
    return { opened: { state: 'open', share: found, app, pass: null }, shareId, outcome: 'opened' }
  }
  if (isKnown) {
    await guess?.succeeded()
    const given = guess ? issuePass(deps.master, found, nowS).reveal() : null
    return { opened: { state: 'open', share: found, app, pass: given }, shareId, outcome: 'opened' }
  }
  if (guess) return { opened: null, shareId, outcome: 'wrong_password' }
  return { opened: { state: 'password' }, shareId, outcome: null }
}

/** Looks at the owner also where the link itself is over. */
async function isOpenNow(deps: Deps, found: ShareRow | null, nowS: number): Promise<boolean> {
  const { owner, app_id, ends_at, paused_at, revoked_at } = found ?? NO_SHARE
  const isOwned = await administers(deps, owner, app_id, nowS)
  return isOwned && revoked_at === null && paused_at === null && nowS < ends_at
}

/** The answer of every refusal. */
export function refusal(): PushlensError {
  return new PushlensError('not_found', 'no such link')
}
