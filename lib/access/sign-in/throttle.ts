import 'server-only'
import type { AccessDeps } from '@/lib/access/deps'
import { PushlensError } from '@/lib/contract/errors'
import type { FailureRow } from '@/lib/store/people/sign-in-failures'

const FIRST_DELAY_MS = 1_000
const LONGEST_DELAY_MS = 15 * 60_000
const FORGET_AFTER_MS = 24 * 3_600_000
const MOST_TRIES = 50

/** `free` attempts cost nothing; after that each makes the next wait twice as long, up to 15 minutes. */
export interface Turn {
  subject: string
  free: number
}
type Deps = Pick<AccessDeps, 'failures' | 'clock'>

/** `too_many` with the time after which another attempt is heard. */
export class TooMany extends PushlensError {
  constructor(readonly retryAfterMs: number) {
    super('too_many', 'too many attempts')
  }
}

/**
 * Counts an attempt as failed before it is made, so that a thousand at the same moment are not a thousand guesses;
 * throws TooMany where its time has not come. A right attempt is taken back with `forgetTurn` or `forgiveTurn`.
 */
export async function takeTurn(deps: Deps, { subject, free }: Turn): Promise<void> {
  const nowMs = deps.clock.wallMs()
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const held = await deps.failures.get(subject)
    if (held && held.blocked_until_ms > nowMs) throw new TooMany(held.blocked_until_ms - nowMs)
    if (await deps.failures.replace(held, counted(held, subject, free, nowMs))) {
      if (!held) await deps.failures.removeOlder(nowMs - FORGET_AFTER_MS)
      return
    }
  }
  throw new TooMany(FIRST_DELAY_MS)
}

function counted(held: FailureRow | null, subject: string, free: number, nowMs: number): FailureRow {
  const before = held && nowMs - held.last_at_ms < FORGET_AFTER_MS ? held.failures : 0
  const failures = before + 1
  return { subject, failures, last_at_ms: nowMs, blocked_until_ms: nowMs + delayAfter(failures, free) }
}

function delayAfter(failures: number, free: number): number {
  return failures < free ? 0 : Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - free))
}

/** The person proved who they are: their failures are gone. */
export async function forgetTurn(deps: Deps, { subject }: Turn): Promise<void> {
  await deps.failures.remove(subject)
}

/** Takes back this one attempt and its delay: an office behind one address signs in without blocking itself. */
export async function forgiveTurn(deps: Deps, { subject }: Turn): Promise<void> {
  await deps.failures.takeBack(subject, deps.clock.wallMs())
}
