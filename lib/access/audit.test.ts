import { expect, test } from 'vitest'
import { describeStores } from '@/lib/store/testing/database'
import { appRow } from '@/lib/store/testing/rows'
import { BY_COMMAND_LINE, recordAudit, recordAuditAs, recordLookup } from './audit'
import type { Principal } from './principal'
import { accessEnv } from './testing/access-env'

const scope = (kind: 'person' | 'token') => {
  const principal = {
    kind,
    id: 'one',
    name: 'One',
    role: 'admin',
    apps: ['shop'],
    email: '',
    grants: [],
    sessionIdHash: '',
  }
  return { app: appRow('shop'), principal: principal as Exclude<Principal, { kind: 'anonymous' }> }
}

describeStores('the audit', ({ open }) => {
  async function env() {
    const { deps, audit, advance } = accessEnv(await open())
    return {
      ctx: { store: { audit }, clock: deps.clock },
      deps,
      advance,
      entries: async () => (await audit.list({ limit: 9 })).items,
    }
  }

  test('records the time, the principal, the app and the action', async () => {
    const { ctx, entries } = await env()
    await recordAudit(ctx, scope('token'), 'app.check')
    await recordAudit(ctx, scope('person'), 'task.put', { taskId: 't' })
    const at = Math.floor(ctx.clock.wallMs() / 1_000)
    expect(await entries()).toMatchObject([
      { at, actor: 'person:one', action: 'task.put', appId: 'shop', subjectHash: null, detail: { taskId: 't' } },
      { at, actor: 'token:one', action: 'app.check', appId: 'shop', subjectHash: null, detail: {} },
    ])
  })

  test('records the same look-up once in ten minutes', async () => {
    const { ctx, advance, entries } = await env()
    const lookup = (subject: string) => recordLookup(ctx, scope('person'), 'trace.lookup', subject)
    for (const subject of ['a', 'a', 'b']) await lookup(subject)
    expect(await entries()).toHaveLength(2)
    advance(601)
    await lookup('a')
    expect(await entries()).toHaveLength(3)
  })

  test('records events without a principal, and then without an app', async () => {
    const { deps, entries } = await env()
    await recordAuditAs(deps, { ...BY_COMMAND_LINE, action: 'person.reset', subjectHash: 'h' })
    expect(await entries()).toMatchObject([{ actor: 'command line', appId: null, subjectHash: 'h', detail: {} }])
  })
})
