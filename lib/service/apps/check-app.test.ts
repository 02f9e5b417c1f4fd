import { mkdtempSync, rmSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { authorize, type Scoped } from '@/lib/access/authorize'
import { compose, type Running } from '@/lib/context'
import { readEnv } from '@/lib/env'
import { type Call, EMPTY_ANSWER, upstream } from '@/lib/timpush/testing/http-server'
import { checkApp } from './check-app'

const APP = '1400187352'
const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

async function openApp(answer: (response: ServerResponse, call: Call) => void): Promise<{
  running: Running
  calls: Call[]
  admin: Scoped<object>
}> {
  const tencent = await upstream(answer)
  const folder = mkdtempSync(join(tmpdir(), 'pl-check-'))
  const running = await compose(
    readEnv({
      DATABASE_URL: `sqlite:${folder}/pushlens.db`,
      ADMIN_EMAIL: 'admin@example.com',
      ADMIN_PASSWORD: 'a lighthouse keeps no secrets 9',
      TIM_SDKAPPID: APP,
      TIM_SECRET_KEY: 'a-secret-key-that-signs-nothing-here',
      TIM_BASE_URL: tencent.url,
      UPSTREAM_SPACING_MS: '5',
      LOG_LEVEL: 'silent',
    }),
  )
  undo.push(
    () => rmSync(folder, { recursive: true }),
    () => tencent.close(),
    () => running.stop(),
  )
  const app = await running.ctx.store.apps.get(APP)
  const grants = [{ app: '*', role: 'admin' as const }]
  const person = { kind: 'person' as const, id: 'p1', name: 'A', email: 'a@example.com', grants, sessionIdHash: '' }
  return { running, calls: tencent.calls, admin: authorize(person, 'admin', app, {}) }
}

const refusal = (code: number) => JSON.stringify({ ActionStatus: 'FAIL', ErrorCode: code, ErrorInfo: 'no' })
const fine = (response: ServerResponse) => void response.end(EMPTY_ANSWER)
const isTrace = ({ path }: Call) => path.endsWith('_trace')

describe('a check', () => {
  test('calls each of the six endpoints once, and reports that all answered', async () => {
    const { running, calls, admin } = await openApp(fine)
    const reply = await checkApp(running.ctx, admin)
    expect(reply.complete).toBe(true)
    expect(reply.endpoints.map(({ ok, problem }) => [ok, problem])).toEqual(Array(6).fill([true, null]))
    expect(calls.map(({ path }) => path.split('/').at(-1)).sort()).toEqual(
      reply.endpoints.map(({ endpoint }) => endpoint).sort(),
    )
  })

  test('restarts a stopped app, and stores the hour it fetched', async () => {
    const { running, admin } = await openApp(fine)
    const { store, gateway } = running.ctx
    await store.apps.setStopped(APP, { code: 'upstream_credential', upstreamCode: 70003, at: 1 })
    const { complete } = await checkApp(running.ctx, admin)
    expect(complete).toBe(true)
    expect((await store.apps.get(APP))?.stopped).toBeNull()
    expect((await gateway.lanes(APP)).map(({ state }) => state)).not.toContain('stopped')
    const to = Math.floor(running.ctx.clock.dataS() / 3_600) * 3_600
    const held = { appId: APP, source: 'task' as const, metric: 'loss' as const, tasks: [''], from: to - 3_600, to }
    expect(await store.windows.find(held)).toHaveLength(1)
  })

  test('with a wrong key reports it for every endpoint, and the app stops again', async () => {
    const { running, calls, admin } = await openApp((response) => void response.end(refusal(70003)))
    const reply = await checkApp(running.ctx, admin)
    expect(reply.complete).toBe(true)
    expect(new Set(reply.endpoints.map(({ problem }) => problem?.code))).toEqual(new Set(['upstream_credential']))
    expect((await running.ctx.store.apps.get(APP))?.stopped?.code).toBe('upstream_credential')
    expect(calls.length).toBeLessThanOrEqual(6)
  })

  test('counts a refused ID as an answer of a trace endpoint only', async () => {
    const { running, admin } = await openApp((response) => void response.end(refusal(90001)))
    const { endpoints } = await checkApp(running.ctx, admin)
    expect(endpoints.filter(({ ok }) => ok).map(({ endpoint }) => endpoint)).toEqual([
      'all_member_push_trace',
      'normal_push_trace',
    ])
  })

  test('reports endpoints that have not answered in time, without failing', async () => {
    const hanging: ServerResponse[] = []
    const { running, admin } = await openApp((response, call) => {
      if (isTrace(call)) hanging.push(response)
      else fine(response)
    })
    const { endpoints, complete } = await checkApp(running.ctx, admin, 400)
    expect(complete).toBe(false)
    expect(endpoints.filter(({ ok }) => ok === null).map(({ endpoint }) => endpoint)).toEqual([
      'all_member_push_trace',
      'normal_push_trace',
    ])
    for (const response of hanging) fine(response)
  })

  test('is recorded in the audit', async () => {
    const { running, admin } = await openApp(fine)
    await checkApp(running.ctx, admin)
    const [entry] = (await running.ctx.store.audit.list({ limit: 1 })).items
    expect(entry).toMatchObject({ actor: 'person:p1', action: 'app.check', appId: APP })
  })
})
