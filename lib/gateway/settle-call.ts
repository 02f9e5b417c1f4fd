import 'server-only'
import { DAY } from '@/lib/contract/limits'
import { type Lease, MERGED } from '@/lib/store/lanes/lane-rows'
import { type CallEnd, codeOf, utcDay } from './call'
import { type Entry, isInteractive } from './entry'
import type { Hub } from './hub'
import type { Lane } from './lane'
import { type Verdict, verdictOn } from './retry-policy'

const AFTER_MIDNIGHT = 300

/**
 * Writes what a call's end means for the lanes and the app, and only then tells those who asked. A store that fails
 * here costs the lane its lease's time, never the answer.
 */
export async function settleCall(lane: Lane, entry: Entry, lease: Lease, end: CallEnd): Promise<Verdict> {
  const { hub, appId } = lane
  const { apps, clock, lanes, timpush } = hub.deps
  const verdict = verdictOf(lane, entry, lease, end)
  const { error } = verdict
  lane.clean = verdict.clean
  if (error) entry.attempts++
  if (verdict.resign) {
    entry.resigned = true
    timpush.forget(appId)
  }
  if (verdict.stop === 'app' && error) {
    const at = Math.floor(clock.wallMs() / 1_000)
    const { code, upstreamCode } = error
    // A quota is by the day: what it refuses is tried again on the next one.
    const until = code === 'upstream_quota' ? nextDay(at, entry.app.utcOffsetMin) : undefined
    await attempt(hub, () => apps.setStopped(appId, { code, upstreamCode, at, ...(until ? { until } : {}) }))
  }
  const moreInteractive = lane.queue.hasInteractive()
  const counted = { code: codeOf(end), day: utcDay(clock.wallMs()) }
  const twice = await attempt(hub, () => lanes.release(lease, { ...verdict.lane, ...counted, moreInteractive }))
  if (twice && lane.name !== MERGED && (await attempt(hub, () => apps.setMerged(appId, true).then(() => true)))) {
    hub.refused(appId, lease.endpoint, { kind: 'moved', merged: true })
  }
  tell(hub, entry, verdict, end)
  if (verdict.stop && error) {
    const problem = { code: error.code, upstreamCode: error.upstreamCode }
    hub.refused(appId, lease.endpoint, { kind: 'stopped', whole: verdict.stop === 'app', problem })
  }
  return verdict
}

function verdictOf(lane: Lane, entry: Entry, lease: Lease, end: CallEnd): Verdict {
  const { clean } = lane
  const pace = { baseMs: lease.leastMs, clean, spacingMs: lease.spacingMs, failures: lease.failures }
  const tries = { attempts: entry.attempts, resigned: entry.resigned, interactive: isInteractive(entry) }
  const verdict = verdictOn(end.kind === 'refused' ? end.error : null, pace, tries, lane.hub.deps.random)
  if (end.kind !== 'broken') return verdict
  // A fault of ours says nothing about the upstream: what the lane knew of it stays.
  return { ...verdict, lane: { ...verdict.lane, failures: lease.failures, problem: undefined } }
}

/** A little after the next midnight at that offset, since two clocks never agree to the second. */
function nextDay(at: number, offsetMin: number): number {
  const shift = offsetMin * 60
  return (Math.floor((at + shift) / DAY) + 1) * DAY - shift + AFTER_MIDNIGHT
}

function tell(hub: Hub, entry: Entry, verdict: Verdict, end: CallEnd): void {
  if (end.kind === 'broken') hub.fail(entry, end.error)
  else if (verdict.entry === 'done') hub.finish(entry, 'kept')
  else if (verdict.entry === 'give_up') hub.fail(entry, verdict.error)
  else hub.enqueue(entry, verdict.entry)
}

async function attempt<T>(hub: Hub, write: () => Promise<T>): Promise<T | null> {
  try {
    return await write()
  } catch (error) {
    hub.deps.log?.warn({ err: error }, 'what a call meant for its lane could not be written')
    return null
  }
}
