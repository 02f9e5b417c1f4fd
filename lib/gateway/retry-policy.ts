import 'server-only'
import type { Problem } from '@/lib/store/lanes/lane-rows'
import { ENDPOINT_STOP_MS, MAX_SPACING_MS } from '@/lib/store/lanes/lane-rows'
import type { LaneEnd } from '@/lib/store/lanes/lanes'
import type { UpstreamError } from '@/lib/timpush/errors'

const MAX_PAUSE_MS = 60_000
const RETRIES = { interactive: 2, background: 6 }
const CLEAN_CALLS_TO_EASE = 10

/** The lane as the call found it. `clean` counts calls in a row without a slow-down. */
export interface Pace {
  baseMs: number
  spacingMs: number
  failures: number
  clean: number
}

/** The question: calls of it that failed before, whether its signature was renewed, whether a person waits. */
export interface Tries {
  attempts: number
  resigned: boolean
  interactive: boolean
}

/**
 * `again` keeps its place, nothing is wrong with the question; `later` goes behind its equals, so that one that always
 * fails holds up nobody. `error` is what askers get when the entry is given up.
 */
export interface Verdict {
  entry: 'done' | 'again' | 'later' | 'give_up'
  error: UpstreamError | null
  lane: Omit<LaneEnd, 'moreInteractive' | 'code' | 'day'>
  clean: number
  resign: boolean
  stop: 'app' | 'endpoint' | null
}

/** What a call's end means for its question and its lane. `random` gives [0, 1): the jitter of a pause is full. */
export function verdictOn(error: UpstreamError | null, pace: Pace, tries: Tries, random: () => number): Verdict {
  if (!error) return { ...fine(pace), entry: 'done' }
  switch (error.kind) {
    case 'bad_request':
      return { ...fine(pace), entry: 'give_up', error }
    case 'transient':
      return transient(error, pace, tries, random)
    case 'slow_down':
      return slowDown(error, pace, tries)
    case 'resign':
      if (tries.resigned) return stopped(error, pace, 'app')
      return { ...fine(pace), entry: 'again', error, resign: true }
    case 'credential':
      return stopped(error, pace, 'app')
    case 'not_enabled':
      return stopped(error, pace, 'endpoint')
  }
}

function fine(pace: Pace): Verdict {
  const eased = pace.clean + 1 >= CLEAN_CALLS_TO_EASE
  const spacingMs = eased ? Math.max(pace.baseMs, Math.ceil(pace.spacingMs / 2)) : pace.spacingMs
  return {
    entry: 'done',
    error: null,
    lane: { spacingMs, failures: 0, pauseMs: null, stopEndpointMs: null, slowDown: false, problem: null },
    clean: eased ? 0 : pace.clean + 1,
    resign: false,
    stop: null,
  }
}

function transient(error: UpstreamError, pace: Pace, tries: Tries, random: () => number): Verdict {
  const most = Math.min(MAX_PAUSE_MS, pace.baseMs * 2 ** (pace.failures + 1))
  const lane = { failures: pace.failures + 1, pauseMs: Math.ceil(random() * most), problem: problemOf(error) }
  const calm = fine(pace)
  return { ...calm, entry: mayRetry(tries) ? 'later' : 'give_up', error, lane: { ...calm.lane, ...lane } }
}

function slowDown(error: UpstreamError, pace: Pace, tries: Tries): Verdict {
  const spacingMs = Math.max(pace.baseMs, Math.min(MAX_SPACING_MS, pace.spacingMs * 2))
  const calm = fine(pace)
  return {
    ...calm,
    entry: mayRetry(tries) ? 'again' : 'give_up',
    error,
    lane: { ...calm.lane, spacingMs, slowDown: true, problem: problemOf(error) },
    clean: 0,
  }
}

/** Ends for good, until a person resumes the app or, for a feature that is off, an hour has passed. */
function stopped(error: UpstreamError, pace: Pace, stop: 'app' | 'endpoint'): Verdict {
  const calm = fine(pace)
  const lane = stop === 'app' ? {} : { stopEndpointMs: ENDPOINT_STOP_MS, problem: problemOf(error) }
  return { ...calm, entry: 'give_up', error, lane: { ...calm.lane, ...lane }, stop }
}

function mayRetry(tries: Tries): boolean {
  return tries.attempts < (tries.interactive ? RETRIES.interactive : RETRIES.background)
}

function problemOf(error: UpstreamError): Problem {
  return { code: error.code, upstreamCode: error.upstreamCode }
}
