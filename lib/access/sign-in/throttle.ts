import 'server-only'
import type { AccessDeps } from '@/lib/access/deps'
import { PushlensError } from '@/lib/contract/errors'
import type { FailureRow } from '@/lib/store/people/sign-in-failures'

const FIRST_DELAY_MS = 1_000
const LONGEST_DELAY_MS = 15 * 60_000
const FORGET_AFTER_MS = 24 * 3_600_000
const MOST_TRIES = 50

/** The first `free` attempts cause no wait. After that each attempt doubles the wait, up to 15 minutes. */
export interface AttemptLimit {
  subject: string
  free: number
}
type Deps = Pick<AccessDeps, 'failures' | 'clock'>

/** `too_many`, with the time until the next attempt is accepted. */
export class TooManyAttempts extends PushlensError {
  constructor(readonly retryAfterMs: number) {
    super('too_many', 'too many attempts')
  }
}

/**
 * Counts an attempt as failed before it is made, so that concurrent attempts are limited too. Returns the number of
 * attempts with this one. Throws TooManyAttempts if it comes too early. After a successful attempt, call
 * `clearAttempts` or `refundAttempt`.
 */
export async function countAttempt(deps: Deps, { subject, free }: AttemptLimit): Promise<number> {
  const nowMs = deps.clock.wallMs()
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const stored = await deps.failures.get(subject)
    if (stored && stored.blocked_until_ms > nowMs) throw new TooManyAttempts(stored.blocked_until_ms - nowMs)
    const row = counted(stored, subject, free, nowMs)
    if (await deps.failures.replace(stored, row)) {
      if (!stored) await deps.failures.removeOlder(nowMs - FORGET_AFTER_MS)
      return row.failures
    }
  }
  throw new TooManyAttempts(FIRST_DELAY_MS)
}

/** Throws TooManyAttempts while the subject is blocked. Counts nothing. */
export async function checkAttempts(deps: Deps, { subject }: AttemptLimit): Promise<void> {
  const nowMs = deps.clock.wallMs()
  const stored = await deps.failures.get(subject)
  if (stored && stored.blocked_until_ms > nowMs) throw new TooManyAttempts(stored.blocked_until_ms - nowMs)
}

/** Returns the number of attempts of the last day that were not taken back. */
export async function attemptsOf(deps: Deps, { subject }: AttemptLimit): Promise<number> {
  return recent(await deps.failures.get(subject), deps.clock.wallMs())
}

function recent(stored: FailureRow | null, nowMs: number): number {
  return stored && nowMs - stored.last_at_ms < FORGET_AFTER_MS ? stored.failures : 0
}

function counted(stored: FailureRow | null, subject: string, free: number, nowMs: number): FailureRow {
  const failures = recent(stored, nowMs) + 1
  return { subject, failures, last_at_ms: nowMs, blocked_until_ms: nowMs + delayAfter(failures, free) }
}

function delayAfter(failures: number, free: number): number {
  return failures < free ? 0 : Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - free))
}

/** Clears all failures after the person proved who they are. */
export async function clearAttempts(deps: Deps, { subject }: AttemptLimit): Promise<void> {
  await deps.failures.remove(subject)
}

/** Takes back one attempt and its wait, so that an office behind one address does not block itself. */
export async function refundAttempt(deps: Deps, { subject }: AttemptLimit): Promise<void> {
  await deps.failures.takeBack(subject, deps.clock.wallMs())
}
