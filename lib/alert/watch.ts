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
  /** HMAC of a text in hex. */
  sign(text: string): string
  clock: Pick<Clock, 'wallMs'>
  timers: { sleep(ms: number, wake: AbortSignal): Promise<void> }
  log: { warn(fields: object, text: string): void }
}

/** Instants are epoch milliseconds. `goneAt`: since when it is not wrong any more. */
interface Known {
  id: string
  text: string
  sentAt: number | null
  goneAt: number | null
}

const SETTING = 'alerts'
const EVERY_MS = 60_000
const HOUR_MS = 3_600_000
/** What comes back within this time is the same trouble, and is not told again. */
const CALM_MS = HOUR_MS

/** Looks every minute, until stopped; what is under way is ended first. */
export function startWatching(deps: WatchDeps): { stop(): Promise<void> } {
  const end = new AbortController()
  const running = (async () => {
    while (!end.signal.aborted) {
      await look(deps).catch((error: unknown) => deps.log.warn({ err: error }, 'the alerts could not be looked after'))
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
 * One look: what is newly wrong is written down before it is sent and struck off after, so that each is told at least
 * once, under one id, also over a restart.
 */
export async function look(deps: WatchDeps): Promise<void> {
  const stored = await deps.settings.get(SETTING)
  const known = updated(read(stored), alertsOf(await deps.facts()), deps.clock.wallMs())
  const save = () => deps.settings.set(SETTING, JSON.stringify(Object.fromEntries(known)))
  if (JSON.stringify(Object.fromEntries(known)) !== (stored ?? '{}')) await save()
  for (const alert of known.values()) {
    if (alert.sentAt !== null) continue
    try {
      await send(deps, alert)
      alert.sentAt = deps.clock.wallMs()
      await save()
    } catch (error) {
      deps.log.warn({ alert: alert.id, why: reasonOf(error) }, 'an alert was not taken; it is sent again in a minute')
    }
  }
}

function updated(known: Map<string, Known>, alerts: Alert[], nowMs: number): Map<string, Known> {
  const wrong = new Set(alerts.map(({ key }) => key))
  for (const [key, one] of known) {
    if (wrong.has(key)) one.goneAt = null
    else one.goneAt ??= nowMs
    if (one.goneAt !== null && one.sentAt !== null && nowMs - one.goneAt >= CALM_MS) known.delete(key)
  }
  for (const { key, text } of alerts) {
    // By the hour, so that two replicas that see it at once give it one id.
    const id = `${key}:${Math.floor(nowMs / HOUR_MS)}`
    if (!known.has(key)) known.set(key, { id, text, sentAt: null, goneAt: null })
  }
  return known
}

/** Only `look` writes this setting. */
function read(stored: string | null): Map<string, Known> {
  return new Map(Object.entries(JSON.parse(stored ?? '{}') as Record<string, Known>))
}

async function send({ host, poster, sign, clock }: WatchDeps, { id, text }: Known): Promise<void> {
  const body = bodyFor(host, { id, text })
  const at = Math.floor(clock.wallMs() / 1_000)
  await poster.post(body, {
    'x-pushlens-id': id,
    'x-pushlens-signature': `t=${at},v1=${sign(`${at}.${body}`)}`,
  })
}

/** The error of a connection may name the address, which is a secret: its code alone is told. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error ? String(error.code) : error.message
}
