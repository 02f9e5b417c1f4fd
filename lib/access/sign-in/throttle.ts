import 'server-only'
import type { AccessDeps } from '@/lib/access/deps'
import { PushlensError } from '@/lib/contract/errors'
import type { FailureRow } from '@/lib/store/people/sign-in-failures'

const FIRST_DELAY_MS = 1_000
const LONGEST_DELAY_MS = 15 * 60_000
const FORGET_AFTER_MS = 24 * 3_600_000
const MOST_TRIES = 50

/** The first `free` attempts cause no wait. After that each attempt doubles the wait, up to 15 minutes. */
export interface Turn {
  subject: string
  free: number
}
type Deps = Pick<AccessDeps, 'failures' | 'clock'>

/** `too_many`, with the time until the next attempt is accepted. */
export class TooMany extends PushlensError {
  constructor(readonly retryAfterMs: number) {
    super('too_many', 'too many attempts')
  }
}

/**
 * Counts an attempt as failed before it is made, so that concurrent attempts are limited too. Throws TooManyAttempts if
 * it comes too early. After a successful attempt, call `clearAttempts` or `refundAttempt`.
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

/** Clears all failures after the person proved who they are. */
export async function forgetTurn(deps: Deps, { subject }: Turn): Promise<void> {
  await deps.failures.remove(subject)
}

/** Takes back one attempt and its wait, so that an office behind one address does not block itself. */
export async function forgiveTurn(deps: Deps, { subject }: Turn): Promise<void> {
  await deps.failures.takeBack(subject, deps.clock.wallMs())
}
