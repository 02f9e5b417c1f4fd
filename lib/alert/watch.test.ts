import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { alertsOf, type Facts } from './conditions'
import { bodyFor } from './message'
import { checkAlerts, startAlertWatch, type WatchDeps } from './watch'

const HOUR = 3_600_000
const app = { id: '14', name: 'Shop', stopped: null, lagS: 60, toLossS: 20 * 86_400 }
const well: Facts = { apps: [app], freeDisk: 0.5 }
const broken: Facts = { ...well, apps: [{ ...app, stopped: 'upstream_credential' }] }

/** Opens a watcher whose facts, time and webhook the test controls. */
function watchEnv() {
  const settings = new Map<string, string>()
  const sent: { body: string; headers: Record<string, string> }[] = []
  const warnings: object[] = []
  const current = { facts: well, nowMs: 1_000 * HOUR, failing: null as Error | null }
  const deps: WatchDeps = {
    host: 'hooks.slack.com',
    poster: {
      async post(body, headers) {
        if (current.failing) throw current.failing
        sent.push({ body, headers })
      },
    },
    facts: async () => current.facts,
    settings: {
      get: async (key) => settings.get(key) ?? null,
      set: async (key, value) => void settings.set(key, value),
    },
    sign: (text) => createHmac('sha256', 'key').update(text).digest('hex'),
    clock: { wallMs: () => current.nowMs },
    timers: { sleep: async () => undefined },
    log: { warn: (fields) => void warnings.push(fields) },
  }
  return { current, deps, sent, warnings, settings, ids: () => sent.map(({ headers }) => headers['x-pushlens-id']) }
}

describe('alertsOf', () => {
  test.each([
    ['nothing', well, []],
    ['a broken credential', broken, ['credential:14']],
    [
      'a collector without progress for more than 6 h',
      { ...well, apps: [{ ...app, lagS: 6 * 3_600 + 1 }] },
      ['collector:14'],
    ],
    ['one without progress for exactly 6 h', { ...well, apps: [{ ...app, lagS: 6 * 3_600 }] }, []],
    ['data that expires in less than 48 h', { ...well, apps: [{ ...app, toLossS: 48 * 3_600 - 1 }] }, ['loss:14']],
    ['an unknown state of the collector', { ...well, apps: [{ ...app, lagS: null, toLossS: null }] }, []],
    ['a full disk', { ...well, freeDisk: 0.09 }, ['disk']],
    ['a disk that is not local', { ...well, freeDisk: null }, []],
  ])('reports %s', (_, facts, keys) => {
    expect(alertsOf(facts).map(({ key }) => key)).toEqual(keys)
  })

  test('uses app names without mentions, links or markup', () => {
    const name = '<!channel> @all [x](http://evil) *b* \u202e\u0000`'
    const [alert] = alertsOf({ ...broken, apps: [{ ...app, name, stopped: 'upstream_credential' }] })
    expect(alert?.text).toMatch(/^Pushlens: calls for channel all x http evil b \(14\) have stopped\./)
    expect(alert?.text).toContain('Tencent refuses the key of this app')
  })
})

describe('an alert', () => {
  test('is sent once, under one ID, signed over time and body', async () => {
    const { current, deps, sent, ids } = watchEnv()
    current.facts = broken
    for (let minute = 0; minute < 90; minute++, current.nowMs += 60_000) await checkAlerts(deps)
    expect(ids()).toEqual(['credential:14:1000'])
    const [first] = sent
    const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(first?.headers['x-pushlens-signature'] ?? '') ?? []
    expect(v1).toBe(createHmac('sha256', 'key').update(`${t}.${first?.body}`).digest('hex'))
  })

  test('that was not accepted is sent again under the same ID, even after a restart and after the problem ended', async () => {
    const { current, deps, ids, warnings, settings } = watchEnv()
    current.facts = broken
    current.failing = Object.assign(new Error('connect to https://hooks.slack.com/secret failed'), {
      code: 'ECONNREFUSED',
    })
    await checkAlerts(deps)
    expect(warnings).toEqual([{ alert: 'credential:14:1000', why: 'ECONNREFUSED' }])
    expect(settings.get('alerts')).toContain('"sentAt":null')
    current.failing = null
    current.facts = well
    current.nowMs += 3 * HOUR
    await checkAlerts({ ...deps })
    expect(ids()).toEqual(['credential:14:1000'])
    current.nowMs += 2 * HOUR
    await checkAlerts(deps)
    expect(settings.get('alerts')).toBe('{}')
  })

  test('is not sent again after a restart or a short interruption of the problem', async () => {
    const { current, deps, ids } = watchEnv()
    current.facts = broken
    await checkAlerts(deps)
    current.facts = well
    await checkAlerts({ ...deps })
    current.nowMs += HOUR / 2
    current.facts = broken
    await checkAlerts({ ...deps })
    expect(ids()).toHaveLength(1)
  })

  test('that returns after an hour is a new one', async () => {
    const { current, deps, ids } = watchEnv()
    current.facts = broken
    await checkAlerts(deps)
    current.facts = well
    await checkAlerts(deps)
    current.nowMs += HOUR
    await checkAlerts(deps)
    current.facts = broken
    await checkAlerts(deps)
    expect(ids()).toEqual(['credential:14:1000', 'credential:14:1001'])
  })

  test('is stored before it is sent, so that it survives a crash in between', async () => {
    const { current, deps, settings } = watchEnv()
    current.facts = broken
    let stored: string | undefined
    const post = async () => {
      stored = settings.get('alerts')
    }
    await checkAlerts({ ...deps, poster: { post } })
    expect(stored).toContain('credential:14:1000')
  })

  test('that another process is sending is left to it, and sent again if that one has died', async () => {
    const { current, deps, ids } = watchEnv()
    current.facts = broken
    let accept = () => {}
    const accepted = new Promise<void>((done) => {
      accept = done
    })
    let isPosting = false
    const post = async () => {
      isPosting = true
      await accepted
    }
    const paused = checkAlerts({ ...deps, poster: { post } })
    await expect.poll(() => isPosting).toBe(true)
    current.nowMs += 5 * 60_000
    await checkAlerts(deps)
    expect(ids()).toEqual([])
    current.nowMs += 10 * 60_000
    await checkAlerts(deps)
    expect(ids()).toEqual(['credential:14:1000'])
    accept()
    await paused
    current.nowMs += 20 * 60_000
    await checkAlerts(deps)
    expect(ids()).toHaveLength(1)
  })

  test('keeps what another process stored while it was sent', async () => {
    const { current, deps, settings } = watchEnv()
    current.facts = broken
    const post = async () => {
      settings.set('alerts', String(settings.get('alerts')).replace('{', '{"disk":{"id":"disk:1"},'))
    }
    await checkAlerts({ ...deps, poster: { post } })
    expect(settings.get('alerts')).toContain('"disk:1"')
    expect(settings.get('alerts')).not.toContain('"sentAt":null')
  })

  test('does not block the others when it fails', async () => {
    const { current, deps, sent } = watchEnv()
    current.facts = { ...broken, freeDisk: 0.01 }
    let nth = 0
    const post = async (body: string, headers: Record<string, string>) => {
      if (nth++ === 0) throw new Error('not now')
      sent.push({ body, headers })
    }
    await checkAlerts({ ...deps, poster: { post } })
    expect(sent.map(({ headers }) => headers['x-pushlens-id'])).toEqual(['disk:1000'])
  })
})

test('the watcher continues after a failure, and stops on request', async () => {
  const { deps, warnings } = watchEnv()
  let checks = 0
  let stopped: Promise<void> | null = null
  const facts = async () => {
    checks++
    if (checks === 1) throw new Error('the store is away')
    if (checks === 3) stopped = watching.stop()
    return well
  }
  const watching = startAlertWatch({ ...deps, facts })
  await expect.poll(() => stopped).not.toBeNull()
  await stopped
  expect([checks, warnings.length]).toEqual([3, 1])
})

test.each([
  ['hooks.slack.com', { text: 'x' }],
  ['open.feishu.cn', { msg_type: 'text', content: { text: 'x' } }],
  ['open.larksuite.com', { msg_type: 'text', content: { text: 'x' } }],
  ['oapi.dingtalk.com', { msgtype: 'text', text: { content: 'x' } }],
  ['qyapi.weixin.qq.com', { msgtype: 'text', text: { content: 'x' } }],
  ['hooks.slack.com.evil.example', { id: 'a:1', text: 'x' }],
  ['ours.example.com', { id: 'a:1', text: 'x' }],
])('%s gets its own shape of body', (host, body) => {
  expect(JSON.parse(bodyFor(host, { id: 'a:1', text: 'x' }))).toEqual(body)
})
