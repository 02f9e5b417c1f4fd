import 'server-only'
import { createHash, timingSafeEqual } from 'node:crypto'
import { Counter, Gauge, Registry } from 'prom-client'
import { context } from '@/lib/context'
import { LANE_STATES } from '@/lib/contract/apps'
import { type AppMetrics, type BackupMetrics, getBackupMetrics, getMetrics } from '@/lib/service/system/get-metrics'
import { requestMetrics } from './request-metrics'

const HEADERS = { 'cache-control': 'no-store' }

/** Serves Prometheus with METRICS_TOKEN as a bearer. Without a configured token it is a 404; a wrong one gets a 401. */
export async function metricsRoute(request: Request): Promise<Response> {
  const { ctx, metricsToken } = await context()
  if (metricsToken === null) return new Response('Not found.\n', { status: 404, headers: HEADERS })
  if (!same(request.headers.get('authorization') ?? '', `Bearer ${metricsToken.reveal()}`)) {
    return new Response('A bearer token is needed.\n', {
      status: 401,
      headers: { ...HEADERS, 'www-authenticate': 'Bearer' },
    })
  }
  const { registry } = requestMetrics()
  const backups = backupRegistry(getBackupMetrics(ctx))
  const all = Registry.merge([registry, registryOf(await getMetrics(ctx)), backups])
  return new Response(await all.metrics(), { headers: { ...HEADERS, 'content-type': all.contentType } })
}

function same(given: string, wanted: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(wanted))
}

/** Builds the registry of the database's numbers anew at each scrape, so that a removed app leaves no series. */
export function registryOf(apps: AppMetrics[]): Registry {
  const registry = new Registry()
  const registers = [registry]
  const state = new Gauge({
    name: 'pushlens_lane_state',
    help: '1 for the state of the lane of an endpoint',
    labelNames: ['app', 'endpoint', 'state'],
    registers,
  })
  const queue = new Gauge({
    name: 'pushlens_lane_queue',
    help: 'Requests of this process that wait for an endpoint',
    labelNames: ['app', 'endpoint'],
    registers,
  })
  const calls = new Counter({
    name: 'pushlens_upstream_calls_total',
    help: 'Calls to Tencent by result: 0 for an answer, -1 for none, else the error code',
    labelNames: ['app', 'endpoint', 'code'],
    registers,
  })
  const gauge = (name: string, help: string) => new Gauge({ name, help, labelNames: ['app'], registers })
  const credential = gauge('pushlens_credential_ok', '0 while the calls of an app have stopped until somebody acts')
  const toLoss = gauge(
    'pushlens_archive_seconds_to_loss',
    'Time until Tencent forgets the first hour that is not stored',
  )
  const lag = gauge('pushlens_collector_lag_seconds', 'How long the most overdue bucket of the collector has waited')
  for (const { app, credentialOk, lanes, calls: made, lagS, toLossS } of apps) {
    credential.set({ app }, credentialOk ? 1 : 0)
    if (toLossS !== null) toLoss.set({ app }, toLossS)
    if (lagS !== null) lag.set({ app }, lagS)
    for (const lane of lanes) {
      const { endpoint } = lane
      queue.set({ app, endpoint }, lane.queue)
      for (const one of LANE_STATES) state.set({ app, endpoint, state: one }, one === lane.state ? 1 : 0)
    }
    for (const { endpoint, code, count } of made) calls.inc({ app, endpoint, code: String(code) }, count)
  }
  return registry
}

/** Builds the numbers of scheduled backups. Without a schedule, and for what is unknown, there is no series. */
export function backupRegistry(backups: BackupMetrics | null): Registry {
  const registry = new Registry()
  const gauge = (name: string, help: string, value: number | null) => {
    const made = new Gauge({ name, help, labelNames: [], registers: [registry] })
    if (value === null) made.remove()
    else made.set(value)
  }
  const { everyS = null, ageS = null, failed = null } = backups ?? {}
  gauge('pushlens_backup_interval_seconds', 'BACKUP_EVERY: how often a backup is made', everyS)
  gauge('pushlens_backup_age_seconds', 'Time since the newest scheduled backup was begun', ageS)
  gauge('pushlens_backup_ok', '0 while the last scheduled backup has failed', failed === null ? null : failed ? 0 : 1)
  return registry
}
