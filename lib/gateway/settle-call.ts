import 'server-only'
import { DAY } from '@/lib/contract/limits'
import { type Lease, MERGED } from '@/lib/store/lanes/lane-rows'
import { type CallEnd, codeOf, utcDay } from './call'
import type { Lane } from './lane'
import type { LaneHost } from './lane-host'
import { isInteractive, type QueuedRequest } from './queued-request'
import { type Verdict, verdictOn } from './retry-policy'

const AFTER_MIDNIGHT_S = 300

/**
 * Records what the end of a call means for the lane and the app, then informs the callers. If the store fails here, the
 * lane stays busy until its lease expires, but the answer is not lost.
 */
export async function settleCall(lane: Lane, request: QueuedRequest, lease: Lease, end: CallEnd): Promise<Verdict> {
  const { host, appId } = lane
  const { apps, clock, lanes, timpush } = host.deps
  const verdict = verdictOf(lane, request, lease, end)
  const { error } = verdict
  lane.cleanCalls = verdict.cleanCalls
  if (error) request.attempts++
  if (verdict.renewSignature) {
    request.signatureRenewed = true
    timpush.forget(request.app.trial ?? appId)
  }
  if (verdict.stop === 'app' && error) {
    const at = Math.floor(clock.wallMs() / 1_000)
    const { code, upstreamCode } = error
    // Tencent's quota is per day: calls resume on the next day.
    const until = code === 'upstream_quota' ? nextDay(at, request.app.utcOffsetMin) : undefined
    await attempt(host, () => apps.setStopped(appId, { code, upstreamCode, at, ...(until ? { until } : {}) }))
  }
  const moreInteractive = lane.queue.hasInteractive()
  const atMs = clock.wallMs()
  const counted = { code: codeOf(end), day: utcDay(atMs), atMs }
  const slowedTwice = await attempt(host, () => lanes.release(lease, { ...verdict.lane, ...counted, moreInteractive }))
  if (
    slowedTwice &&
    lane.name !== MERGED &&
    (await attempt(host, () => apps.setMerged(appId, true).then(() => true)))
  ) {
    host.refuse(appId, lease.endpoint, { kind: 'moved', merged: true })
  }
  inform(host, request, verdict, end)
  if (verdict.stop && error) {
    const problem = { code: error.code, upstreamCode: error.upstreamCode }
    host.refuse(appId, lease.endpoint, { kind: 'stopped', whole: verdict.stop === 'app', problem })
  }
  return verdict
}

function verdictOf(lane: Lane, request: QueuedRequest, lease: Lease, end: CallEnd): Verdict {
  const { cleanCalls } = lane
  const pace = { baseMs: lease.leastMs, cleanCalls, spacingMs: lease.spacingMs, failures: lease.failures }
  const tries = {
    attempts: request.attempts,
    signatureRenewed: request.signatureRenewed,
    interactive: isInteractive(request),
  }
  const verdict = verdictOn(end.kind === 'refused' ? end.error : null, pace, tries, lane.host.deps.random)
  if (request.app.trial !== undefined) return ofTrial(verdict, lease)
  if (end.kind !== 'broken') return verdict
  // Our own fault says nothing about Tencent: keep the failures and the problem that the lane had.
  return { ...verdict, lane: { ...verdict.lane, failures: lease.failures, problem: undefined } }
}

/** A trial says nothing about the credentials in use: it changes the spacing, but neither problems nor stops. */
function ofTrial(verdict: Verdict, { failures }: Lease): Verdict {
  const lane = { ...verdict.lane, failures, pauseMs: undefined, stopEndpointMs: null, problem: undefined }
  return { ...verdict, lane, stop: null }
}

/** Returns the next midnight at the offset plus a margin, because Tencent's clock may differ from ours. Epoch seconds. */
function nextDay(nowS: number, offsetMin: number): number {
  const shift = offsetMin * 60
  return (Math.floor((nowS + shift) / DAY) + 1) * DAY - shift + AFTER_MIDNIGHT_S
}

function inform(host: LaneHost, request: QueuedRequest, verdict: Verdict, end: CallEnd): void {
  if (end.kind === 'broken') host.fail(request, end.error)
  else if (verdict.request === 'done') host.finish(request, 'stored')
  else if (verdict.request === 'give_up') host.fail(request, verdict.error)
  else host.enqueue(request, verdict.request)
}

async function attempt<T>(host: LaneHost, write: () => Promise<T>): Promise<T | null> {
  try {
    return await write()
  } catch (error) {
    host.deps.log?.warn({ err: error }, 'could not record the end of a call for its lane')
    return null
  }
}
