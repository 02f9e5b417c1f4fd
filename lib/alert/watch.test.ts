import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { alertsOf, type Facts } from './conditions'
import { bodyFor } from './message'
import { look, startWatching, type WatchDeps } from './watch'

const HOUR = 3_600_000
const app = { id: '14', name: 'Shop', stopped: null, lagS: 60, toLossS: 20 * 86_400 }
const well: Facts = { apps: [app], freeDisk: 0.5 }
const broken: Facts = { ...well, apps: [{ ...app, stopped: 'upstream_credential' }] }

/** A watcher whose world is in the test's hands. */
function world() {
  const settings = new Map<string, string>()
  const sent: { body: string; headers: Record<string, string> }[] = []
  const warnings: object[] = []
  const it = { facts: well, nowMs: 1_000 * HOUR, failing: null as Error | null }
  const deps: WatchDeps = {
    host: 'hooks.slack.com',
    poster: {
      async post(body, headers) {
        if (it.failing) throw it.failing
        sent.push({ body, headers })
      },
    },
    facts: async () => it.facts,
    settings: {
      get: async (key) => settings.get(key) ?? null,
      set: async (key, value) => void settings.set(key, value),
    },
    sign: (text) => createHmac('sha256', 'key').update(text).digest('hex'),
    clock: { wallMs: () => it.nowMs },
    timers: { sleep: async () => undefined },
    log: { warn: (fields) => void warnings.push(fields) },
  }
  return { it, deps, sent, warnings, settings, ids: () => sent.map(({ headers }) => headers['x-pushlens-id']) }
}

describe('what is wrong', () => {
  test.each([
    ['nothing', well, []],
    ['a broken credential', broken, ['credential:14']],
    ['a collector still for more than 6 h', { ...well, apps: [{ ...app, lagS: 6 * 3_600 + 1 }] }, ['collector:14']],
    ['one still for 6 h', { ...well, apps: [{ ...app, lagS: 6 * 3_600 }] }, []],
    ['data lost in less than 48 h', { ...well, apps: [{ ...app, toLossS: 48 * 3_600 - 1 }] }, ['loss:14']],
    ['nothing known of collector and losses', { ...well, apps: [{ ...app, lagS: null, toLossS: null }] }, []],
    ['a full disk', { ...well, freeDisk: 0.09 }, ['disk']],
    ['a disk elsewhere', { ...well, freeDisk: null }, []],
  ])('is told of %s', (_, facts, keys) => {
    expect(alertsOf(facts).map(({ key }) => key)).toEqual(keys)
  })

  test('is told in sentences that mention and link nobody, whatever the app is called', () => {
    const name = '<!channel> @all [x](http://evil) *b* \u202e\u0000`'
    const [alert] = alertsOf({ ...broken, apps: [{ ...app, name, stopped: 'upstream_credential' }] })
    expect(alert?.text).toMatch(/^Pushlens: calls for channel all x http evil b \(14\) have stopped\./)
    expect(alert?.text).toContain('Tencent refuses the key of this app')
  })
})

describe('an alert', () => {
  test('is told once, under one id, signed over time and body', async () => {
    const { it, deps, sent, ids } = world()
    it.facts = broken
    for (let minute = 0; minute < 90; minute++, it.nowMs += 60_000) await look(deps)
    expect(ids()).toEqual(['credential:14:1000'])
    const [first] = sent
    const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(first?.headers['x-pushlens-signature'] ?? '') ?? []
    expect(v1).toBe(createHmac('sha256', 'key').update(`${t}.${first?.body}`).digest('hex'))
  })

  test('that was not taken is sent again under the same id until it is, also after a restart and when all is well', async () => {
    const { it, deps, ids, warnings, settings } = world()
    it.facts = broken
    it.failing = Object.assign(new Error('connect to https://hooks.slack.com/secret failed'), { code: 'ECONNREFUSED' })
    await look(deps)
    expect(warnings).toEqual([{ alert: 'credential:14:1000', why: 'ECONNREFUSED' }])
    expect(settings.get('alerts')).toContain('"sentAt":null')
    it.failing = null
    it.facts = well
    it.nowMs += 3 * HOUR
    await look({ ...deps })
    expect(ids()).toEqual(['credential:14:1000'])
    it.nowMs += 2 * HOUR
    await look(deps)
    expect(settings.get('alerts')).toBe('{}')
  })

  test('is not told again after a restart, nor when the trouble only blinked', async () => {
    const { it, deps, ids } = world()
    it.facts = broken
    await look(deps)
    it.facts = well
    await look({ ...deps })
    it.nowMs += HOUR / 2
    it.facts = broken
    await look({ ...deps })
    expect(ids()).toHaveLength(1)
  })

  test('that comes back after an hour of calm is a new one', async () => {
    const { it, deps, ids } = world()
    it.facts = broken
    await look(deps)
    it.facts = well
    await look(deps)
    it.nowMs += HOUR
    await look(deps)
    it.facts = broken
    await look(deps)
    expect(ids()).toEqual(['credential:14:1000', 'credential:14:1001'])
  })

  test('is written down before it is sent: a process that dies in between tells it again', async () => {
    const { it, deps, settings } = world()
    it.facts = broken
    let held: string | undefined
    const post = async () => {
      held = settings.get('alerts')
    }
    await look({ ...deps, poster: { post } })
    expect(held).toContain('credential:14:1000')
  })

  test('leaves the others to be sent when it fails', async () => {
    const { it, deps, sent } = world()
    it.facts = { ...broken, freeDisk: 0.01 }
    let nth = 0
    const post = async (body: string, headers: Record<string, string>) => {
      if (nth++ === 0) throw new Error('not now')
      sent.push({ body, headers })
    }
    await look({ ...deps, poster: { post } })
    expect(sent.map(({ headers }) => headers['x-pushlens-id'])).toEqual(['disk:1000'])
  })
})

test('the watcher goes on after a failure, and stops when told', async () => {
  const { deps, warnings } = world()
  let looks = 0
  let stopped: Promise<void> | null = null
  const facts = async () => {
    looks++
    if (looks === 1) throw new Error('the store is away')
    if (looks === 3) stopped = watching.stop()
    return well
  }
  const watching = startWatching({ ...deps, facts })
  await expect.poll(() => stopped).not.toBeNull()
  await stopped
  expect([looks, warnings.length]).toEqual([3, 1])
})

test.each([
  ['hooks.slack.com', { text: 'x' }],
  ['open.feishu.cn', { msg_type: 'text', content: { text: 'x' } }],
  ['open.larksuite.com', { msg_type: 'text', content: { text: 'x' } }],
  ['oapi.dingtalk.com', { msgtype: 'text', text: { content: 'x' } }],
  ['qyapi.weixin.qq.com', { msgtype: 'text', text: { content: 'x' } }],
  ['hooks.slack.com.evil.example', { id: 'a:1', text: 'x' }],
  ['ours.example.com', { id: 'a:1', text: 'x' }],
])('%s gets the shape it takes', (host, body) => {
  expect(JSON.parse(bodyFor(host, { id: 'a:1', text: 'x' }))).toEqual(body)
})
