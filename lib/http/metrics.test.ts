import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compose, type Running } from '@/lib/context'
import { readEnv } from '@/lib/env'
import { openDatabase } from '@/lib/store/engine/open'
import { countCall } from '@/lib/store/lanes/calls'
import { backupRegistry, metricsRoute, registryOf } from './metrics'
import { patternOf } from './request-metrics'
import { getOfApp } from './route'

const APP = '1400187352'
const TOKEN = 'a-token-for-the-monitor'
const folder = mkdtempSync(join(tmpdir(), 'pl-metrics-'))
const path = join(folder, 'pushlens.db')
let running: Running

beforeAll(async () => {
  running = await compose(
    readEnv({
      DATABASE_URL: `sqlite:${path}`,
      ADMIN_EMAIL: 'admin@example.com',
      ADMIN_PASSWORD: 'a lighthouse keeps no secrets 9',
      TIM_SDKAPPID: APP,
      TIM_SECRET_KEY: 'a-secret-key-that-signs-nothing-here',
      METRICS_TOKEN: TOKEN,
      LOG_LEVEL: 'silent',
    }),
  )
  Object.assign(globalThis, { [Symbol.for('pushlens.running')]: Promise.resolve(running) })
})

afterAll(async () => {
  await running.stop()
  rmSync(folder, { recursive: true })
})

const scrape = (authorization: string | null) =>
  metricsRoute(
    new Request('http://localhost:3000/metrics', { headers: authorization === null ? {} : { authorization } }),
  )

describe('/metrics', () => {
  test.each([null, 'Bearer', 'Bearer wrong', `Basic ${TOKEN}`, TOKEN, `Bearer ${TOKEN} `.repeat(2)])(
    'is closed to %j',
    async (authorization) => {
      const answer = await scrape(authorization)
      expect(answer.status).toBe(401)
      expect(await answer.text()).not.toContain('pushlens_')
    },
  )

  test('is a 404 without a configured token', async () => {
    Object.assign(globalThis, { [Symbol.for('pushlens.running')]: Promise.resolve({ ...running, metricsToken: null }) })
    expect((await scrape(`Bearer ${TOKEN}`)).status).toBe(404)
    expect((await scrape('Bearer null')).status).toBe(404)
    Object.assign(globalThis, { [Symbol.for('pushlens.running')]: Promise.resolve(running) })
  })

  test('reports the lanes, the calls of all days by code, and a wrong key', async () => {
    const db = await openDatabase({ kind: 'sqlite', path })
    for (const day of ['2026-11-20', '2026-11-21'])
      await countCall(db, APP, 'normal_push_loss', { day, code: 90001, atMs: 0 })
    await db.destroy()
    const before = await (await scrape(`Bearer ${TOKEN}`)).text()
    expect(before).toContain(`pushlens_credential_ok{app="${APP}"} 1`)
    expect(before).toContain(`pushlens_upstream_calls_total{app="${APP}",endpoint="normal_push_loss",code="90001"} 2`)
    expect(before).toContain(`pushlens_lane_state{app="${APP}",endpoint="normal_push_loss",state="idle"} 1`)
    await running.ctx.store.apps.setStopped(APP, { code: 'upstream_credential', upstreamCode: 70003, at: 1 })
    const after = await (await scrape(`Bearer ${TOKEN}`)).text()
    expect(after).toContain(`pushlens_credential_ok{app="${APP}"} 0`)
    expect(after).toContain(`pushlens_lane_state{app="${APP}",endpoint="normal_push_loss",state="stopped"} 1`)
    expect(after).toContain(`pushlens_lane_state{app="${APP}",endpoint="normal_push_loss",state="idle"} 0`)
  })

  test('counts requests by route pattern and status, and reports the process', async () => {
    const never = async (): Promise<never> => {
      throw new Error('not reached: nobody is signed in')
    }
    const { strictObject } = await import('zod')
    const get = getOfApp({ ability: 'read', query: strictObject({}), reply: strictObject({}), verb: never })
    const request = new Request(`http://localhost:3000/api/v1/apps/${APP}/funnel?task=secret-task`)
    await get(request, { params: Promise.resolve({ app: APP }) })
    const answer = await scrape(`Bearer ${TOKEN}`)
    const text = await answer.text()
    expect(answer.headers.get('content-type')).toContain('text/plain')
    expect(text).toContain(
      'pushlens_http_requests_total{route="/api/v1/apps/[app]/funnel",method="GET",status="401"} 1',
    )
    expect(text).toContain(
      'pushlens_http_request_duration_seconds_count{route="/api/v1/apps/[app]/funnel",method="GET"} 1',
    )
    expect(text).toContain('process_resident_memory_bytes')
    expect(text).not.toContain('secret-task')
    expect(text).not.toContain(TOKEN)
  })
})

test('an unknown number is left out and not zero', async () => {
  const app = { app: '1', credentialOk: true, lanes: [], calls: [] }
  const text = await registryOf([
    { ...app, lagS: null, toLossS: null },
    { ...app, app: '2', lagS: 30, toLossS: 86_400 },
  ]).metrics()
  expect(text).toContain('pushlens_archive_seconds_to_loss{app="2"} 86400')
  expect(text).toContain('pushlens_collector_lag_seconds{app="2"} 30')
  expect(text).not.toMatch(/(to_loss|lag_seconds)\{app="1"\}/)
})

test('backups have no series without a schedule, an age once one is stored, and say that the last one failed', async () => {
  expect(await backupRegistry(null).metrics()).not.toMatch(/^pushlens_/m)
  const failing = await backupRegistry({ everyS: 3_600, ageS: null, failed: true }).metrics()
  expect(failing).toContain('pushlens_backup_ok 0')
  expect(failing).not.toMatch(/^pushlens_backup_age_seconds/m)
  const good = await backupRegistry({ everyS: 3_600, ageS: 60, failed: false }).metrics()
  expect(good).toMatch(
    /pushlens_backup_interval_seconds 3600[\s\S]*pushlens_backup_age_seconds 60[\s\S]*pushlens_backup_ok 1/,
  )
})

test.each([
  ['/api/v1/apps/14/funnel', { app: '14' }, '/api/v1/apps/[app]/funnel'],
  ['/api/v1/apps/funnel/funnel', { app: 'funnel' }, '/api/v1/apps/[app]/funnel'],
  ['/api/v1/apps/api/status', { app: 'api' }, '/api/v1/apps/[app]/status'],
  ['/api/v1/apps/a%20b/tasks/t%2F1', { app: 'a b', taskId: 't/1' }, '/api/v1/apps/[app]/tasks/[taskId]'],
  ['/api/v1/apps/%E0%A4%A/status', { app: '%E0%A4%A' }, '/api/v1/apps/[app]/status'],
  ['/api/v1/setup', {}, '/api/v1/setup'],
])('the pattern of %s', (path, params, pattern) => {
  expect(patternOf(path, params)).toBe(pattern)
})
