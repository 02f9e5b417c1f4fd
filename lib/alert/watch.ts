import 'server-only'
import type { Clock } from '@/lib/contract/clock'
import { type Alert, alertsOf, type Facts } from './conditions'
import { bodyFor } from './message'
import type { Poster } from './post'

export interface WatchDeps {
  /** The host of the webhook decides the shape of the body. */
  host: string
  poster: Pick<Poster, 'post'>
  facts(): Promise<Facts>
  settings: { get(key: string): Promise<string | null>; set(key: string, value: string): Promise<void> }
  /** Returns the HMAC of a text in hex. */
  sign(text: string): string
  clock: Pick<Clock, 'wallMs'>
  timers: { sleep(ms: number, wake: AbortSignal): Promise<void> }
  log: { warn(fields: object, text: string): void }
}

/** Instants are epoch milliseconds. `goneAt`: when the problem ended, null while it lasts. */
interface TrackedAlert {
  id: string
  text: string
  sentAt: number | null
  goneAt: number | null
}

const SETTING = 'alerts'
const EVERY_MS = 60_000
const HOUR_MS = 3_600_000
/** A problem that returns within this time is the same problem and is not sent again. */
const CALM_MS = HOUR_MS

/** Checks every minute until stopped. `stop` waits for the check under way. */
export function startAlertWatch(deps: WatchDeps): { stop(): Promise<void> } {
  const end = new AbortController()
  const running = (async () => {
    while (!end.signal.aborted) {
      await checkAlerts(deps).catch((error: unknown) =>
        deps.log.warn({ err: error }, 'the alerts could not be checked'),
      )
      if (!end.signal.aborted) await deps.timers.sleep(EVERY_MS, end.signal)
    }
  })()
  return {
    async stop() {
      end.abort()
      await running
    },
  }
}

/**
 * Checks once. A new alert is stored before it is sent and marked afterwards, so each is sent at least once, under one ID,
 * even across a restart.
 */
export async function checkAlerts(deps: WatchDeps): Promise<void> {
  const stored = await deps.settings.get(SETTING)
  const tracked = updated(read(stored), alertsOf(await deps.facts()), deps.clock.wallMs())
  const save = () => deps.settings.set(SETTING, JSON.stringify(Object.fromEntries(tracked)))
  if (JSON.stringify(Object.fromEntries(tracked)) !== (stored ?? '{}')) await save()
  for (const alert of tracked.values()) {
    if (alert.sentAt !== null) continue
    try {
      await send(deps, alert)
      alert.sentAt = deps.clock.wallMs()
      await save()
    } catch (error) {
      deps.log.warn(
        { alert: alert.id, why: reasonOf(error) },
        'the webhook did not accept an alert; it is sent again in a minute',
      )
    }
  }
}

function updated(tracked: Map<string, TrackedAlert>, alerts: Alert[], nowMs: number): Map<string, TrackedAlert> {
  const wrong = new Set(alerts.map(({ key }) => key))
  for (const [key, one] of tracked) {
    if (wrong.has(key)) one.goneAt = null
    else one.goneAt ??= nowMs
    if (one.goneAt !== null && one.sentAt !== null && nowMs - one.goneAt >= CALM_MS) tracked.delete(key)
  }
  for (const { key, text } of alerts) {
    // Rounded to the hour, so that two replicas that see the problem at the same time use one ID.
    const id = `${key}:${Math.floor(nowMs / HOUR_MS)}`
    if (!tracked.has(key)) tracked.set(key, { id, text, sentAt: null, goneAt: null })
  }
  return tracked
}

/** Only `checkAlerts` writes this setting. */
function read(stored: string | null): Map<string, TrackedAlert> {
  return new Map(Object.entries(JSON.parse(stored ?? '{}') as Record<string, TrackedAlert>))
}

async function send({ host, poster, sign, clock }: WatchDeps, { id, text }: TrackedAlert): Promise<void> {
  const body = bodyFor(host, { id, text })
  const at = Math.floor(clock.wallMs() / 1_000)
  await poster.post(body, {
    'x-pushlens-id': id,
    'x-pushlens-signature': `t=${at},v1=${sign(`${at}.${body}`)}`,
  })
}

/** A connection error may contain the webhook's URL, which is a secret, so only its code is logged. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error ? String(error.code) : error.message
}
