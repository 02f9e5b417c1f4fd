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

/**
 * Instants are epoch milliseconds. `claimedAt`: when a process began to send it, null while nobody sends it. `goneAt`: when
 * the problem ended, null while it lasts.
 */
interface TrackedAlert {
  id: string
  text: string
  claimedAt: number | null
  sentAt: number | null
  goneAt: number | null
}

const SETTING = 'alerts'
const EVERY_MS = 60_000
const HOUR_MS = 3_600_000
/** Longer than a replica is paused or its clock is off. Afterwards, whoever began to send an alert has died. */
const CLAIM_MS = 900_000
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
 * Checks once. A new alert is stored and claimed before it is sent and marked afterwards, so that it survives a restart, and
 * a second process does not send it too. Only a process that dies while it sends leaves an alert that is sent again, under
 * the same ID.
 */
export async function checkAlerts(deps: WatchDeps): Promise<void> {
  const stored = await deps.settings.get(SETTING)
  const tracked = updated(read(stored), alertsOf(await deps.facts()), deps.clock.wallMs())
  if (textOf(tracked) !== (stored ?? '{}')) await deps.settings.set(SETTING, textOf(tracked))
  for (const [key, alert] of tracked) {
    const now = deps.clock.wallMs()
    const isClaimed = alert.claimedAt !== null && now - alert.claimedAt < CLAIM_MS
    if (alert.sentAt !== null || isClaimed) continue
    await change(deps, key, alert.id, { claimedAt: now })
    const why = await send(deps, alert).then(() => null, reasonOf)
    await change(deps, key, alert.id, why === null ? { sentAt: deps.clock.wallMs() } : { claimedAt: null })
    if (why === null) continue
    deps.log.warn({ alert: alert.id, why }, 'the webhook did not accept an alert; it is sent again in a minute')
  }
}

/** Changes one alert in what is stored now, because another process may have changed the others since it was read. */
async function change(
  { settings }: Pick<WatchDeps, 'settings'>,
  key: string,
  id: string,
  values: Partial<TrackedAlert>,
): Promise<void> {
  const tracked = read(await settings.get(SETTING))
  const alert = tracked.get(key)
  if (alert?.id !== id) return
  await settings.set(SETTING, textOf(tracked.set(key, { ...alert, ...values })))
}

function updated(tracked: Map<string, TrackedAlert>, alerts: Alert[], nowMs: number): Map<string, TrackedAlert> {
  const wrong = new Set(alerts.map(({ key }) => key))
  for (const [key, one] of tracked) {
    if (wrong.has(key)) one.goneAt = null
    else one.goneAt ??= nowMs
    if (one.goneAt !== null && one.sentAt !== null && nowMs - one.goneAt >= CALM_MS) tracked.delete(key)
  }
  for (const { key, text } of alerts) {
    // Rounded to the hour, so that two processes that see the problem at the same time use one ID.
    const id = `${key}:${Math.floor(nowMs / HOUR_MS)}`
    if (!tracked.has(key)) tracked.set(key, { id, text, claimedAt: null, sentAt: null, goneAt: null })
  }
  return tracked
}

/** Only `checkAlerts` writes this setting. Earlier versions stored no claims. */
function read(stored: string | null): Map<string, TrackedAlert> {
  const found = JSON.parse(stored ?? '{}') as Record<string, Omit<TrackedAlert, 'claimedAt'> & Partial<TrackedAlert>>
  return new Map(Object.entries(found).map(([key, alert]) => [key, { ...alert, claimedAt: alert.claimedAt ?? null }]))
}

const textOf = (tracked: Map<string, TrackedAlert>): string => JSON.stringify(Object.fromEntries(tracked))

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
