import { expect, test } from 'vitest'
import { startSession } from '@/lib/access/sessions'
import { accessEnv } from '@/lib/access/testing/access-env'
import type { Running } from '@/lib/context'
import { describeStores } from '@/lib/store/testing/database'
import { isExport, recordExportOf } from './record-export'
import { csv, json, jsonFile } from './respond'

const TASKS = '/api/v1/apps/[app]/tasks'

describeStores('an export', ({ open }) => {
  test('is in the audit once in ten minutes, with report, app and network', async () => {
    const { deps, audit, add, advance } = accessEnv(await open())
    const session = await startSession(deps, await add('pm'), { address: 'unknown', agent: '' })
    const ctx = { store: { audit }, clock: deps.clock }
    const running = { access: deps, ctx, publicUrl: new URL('http://localhost:3000') } as unknown as Running
    const headers = { cookie: `pl=${session.reveal()}`, 'x-pushlens-address': '203.0.113.9' }
    const request = new Request('http://localhost:3000/x', { headers })
    for (let i = 0; i < 2; i += 1) await recordExportOf(running, request, TASKS, 'shop')
    await recordExportOf(running, request, '/api/v1/apps/[app]/traces/bulk', 'shop')
    await recordExportOf(running, request, '/api/v1/audit')
    advance(601)
    await recordExportOf(running, request, TASKS, 'shop')
    await recordExportOf(running, new Request('http://localhost:3000/x'), TASKS, 'shop')
    const { items } = await audit.list({ limit: 9 })
    const actor = 'person:id-pm'
    expect(items.reverse()).toMatchObject([
      { actor, action: 'export.tasks', appId: 'shop', address: '203.0.113.0/24' },
      { actor, action: 'export.traces.bulk', appId: 'shop' },
      { actor, action: 'export.audit', appId: null },
      { actor, action: 'export.tasks', appId: 'shop' },
    ])
  })
})

test('only a file that was handed out is one', () => {
  expect(isExport(csv('a,b'))).toBe(true)
  expect(isExport(jsonFile({}, { demo: false }))).toBe(true)
  expect(isExport(json({}))).toBe(false)
  expect(isExport(new Response('', { status: 404, headers: { 'content-disposition': 'attachment' } }))).toBe(false)
})
