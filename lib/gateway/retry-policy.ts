import 'server-only'
import type { EndedCall } from '@/lib/store/lanes/calls'
import type { Problem } from '@/lib/store/lanes/lane-rows'
import { ENDPOINT_STOP_MS, MAX_SPACING_MS } from '@/lib/store/lanes/lane-rows'
import type { LaneEnd } from '@/lib/store/lanes/lanes'
import type { UpstreamError } from '@/lib/timpush/errors'

const MAX_PAUSE_MS = 60_000
const RETRIES = { interactive: 2, background: 6 }
const CLEAN_CALLS_TO_EASE = 10

/** The lane before the call. `cleanCalls` counts consecutive calls without a slow-down answer. */
export interface Pace {
  baseMs: number
  spacingMs: number
  failures: number
  cleanCalls: number
}

/** The request: how often it failed before, whether its signature was renewed, and whether a person waits for it. */
export interface Tries {
  attempts: number
  signatureRenewed: boolean
  interactive: boolean
}

/**
 * `again` keeps the place in the queue, because the request itself is fine. `later` goes behind requests of the same
 * priority, so that a request that always fails blocks no other. Callers get `error` when the gateway gives up.
 */
export interface Verdict {
  request: 'done' | 'again' | 'later' | 'give_up'
  error: UpstreamError | null
  lane: Omit<LaneEnd, 'moreInteractive' | keyof EndedCall>
  cleanCalls: number
  renewSignature: boolean
  stop: 'app' | 'endpoint' | null
}

/** Decides what the end of a call means for its request and its lane. `random` returns [0, 1), for full jitter. */
export function verdictOn(error: UpstreamError | null, pace: Pace, tries: Tries, random: () => number): Verdict {
  if (!error) return { ...fine(pace), request: 'done' }
  switch (error.kind) {
    case 'bad_request':
      return { ...fine(pace), request: 'give_up', error }
    case 'transient':
      return transient(error, pace, tries, random)
    case 'slow_down':
      return slowDown(error, pace, tries)
    case 'renew_signature':
      if (tries.signatureRenewed) return stopped(error, pace, 'app')
      return { ...fine(pace), request: 'again', error, renewSignature: true }
    case 'credential':
      return stopped(error, pace, 'app')
    case 'not_enabled':
      return stopped(error, pace, 'endpoint')
  }
}

function fine(pace: Pace): Verdict {
  const eased = pace.cleanCalls + 1 >= CLEAN_CALLS_TO_EASE
  const spacingMs = eased ? Math.max(pace.baseMs, Math.ceil(pace.spacingMs / 2)) : pace.spacingMs
  return {
    request: 'done',
    error: null,
    lane: { spacingMs, failures: 0, pauseMs: null, stopEndpointMs: null, slowDown: false, problem: null },
    cleanCalls: eased ? 0 : pace.cleanCalls + 1,
    renewSignature: false,
    stop: null,
  }
}

function transient(error: UpstreamError, pace: Pace, tries: Tries, random: () => number): Verdict {
  const most = Math.min(MAX_PAUSE_MS, pace.baseMs * 2 ** (pace.failures + 1))
  const lane = { failures: pace.failures + 1, pauseMs: Math.ceil(random() * most), problem: problemOf(error) }
  const calm = fine(pace)
  return { ...calm, request: mayRetry(tries) ? 'later' : 'give_up', error, lane: { ...calm.lane, ...lane } }
}

function slowDown(error: UpstreamError, pace: Pace, tries: Tries): Verdict {
  const spacingMs = Math.max(pace.baseMs, Math.min(MAX_SPACING_MS, pace.spacingMs * 2))
  const calm = fine(pace)
  return {
    ...calm,
    request: mayRetry(tries) ? 'again' : 'give_up',
    error,
    lane: { ...calm.lane, spacingMs, slowDown: true, problem: problemOf(error) },
    cleanCalls: 0,
  }
}

/** Stops the app until an administrator resumes it, or the endpoint for an hour. */
function stopped(error: UpstreamError, pace: Pace, stop: 'app' | 'endpoint'): Verdict {
  const calm = fine(pace)
  const lane = stop === 'app' ? {} : { stopEndpointMs: ENDPOINT_STOP_MS, problem: problemOf(error) }
  return { ...calm, request: 'give_up', error, lane: { ...calm.lane, ...lane }, stop }
}

function mayRetry(tries: Tries): boolean {
  return tries.attempts < (tries.interactive ? RETRIES.interactive : RETRIES.background)
}

function problemOf(error: UpstreamError): Problem {
  return { code: error.code, upstreamCode: error.upstreamCode }
}
