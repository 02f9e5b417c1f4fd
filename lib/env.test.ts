import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { readSettings } from '../server/settings.mjs'
import { ConfigurationError, readEnv } from './env'
import { problems } from './testing/env-problems'

const KEY = 'k'.repeat(40)
const undo: (() => void)[] = []
afterEach(() => {
  for (const step of undo.splice(0)) step()
})

describe('the environment', () => {
  test('has defaults for everything: the embedded database, a loopback address, no app', () => {
    const env = readEnv({})
    expect(env.publicUrl.href).toBe('http://localhost:3000/')
    expect(env.database.kind).toBe('sqlite')
    expect([env.app, env.admin, env.masterKey]).toEqual([null, null, null])
    expect(env.spacingMs).toBe(1_000)
  })

  test('names every problem at once and exits with 78', () => {
    const found = problems({ PORT: 'abc', TIM_REGION: 'mars', TIM_SDKAPID: '1' })
    expect(found.some((p) => p.startsWith('PORT'))).toBe(true)
    expect(found.some((p) => p.startsWith('TIM_REGION'))).toBe(true)
    expect(found).toContain('TIM_SDKAPID is not a known variable: did you mean TIM_SDKAPPID?')
    expect(new ConfigurationError(found).exitCode).toBe(78)
  })

  test.each(['TIM_FOO', 'OIDC_ISSUR', 'ADMIN_MAIL', 'UPSTREAM_SPACING', 'RETENTION_DAYS'])(
    '%s is refused, not ignored',
    (name) => {
      expect(problems({ [name]: 'x' })).toHaveLength(1)
    },
  )

  test.each([
    [{ TIM_SDKAPPID: '1400187352' }, 'TIM_SDKAPPID and TIM_SECRET_KEY'],
    [{ ADMIN_EMAIL: 'a@example.com' }, 'ADMIN_EMAIL and ADMIN_PASSWORD'],
    [{ ADMIN_EMAIL: 'a@example.com', ADMIN_PASSWORD: 'short' }, 'ADMIN_PASSWORD must have at least 12'],
    [{ MASTER_KEY: 'short' }, 'MASTER_KEY must have at least 32'],
    [{ ALERT_WEBHOOK: 'http://hooks.example.com/x' }, 'ALERT_WEBHOOK must begin with https'],
    [{ ALERT_WEBHOOK: 'http://127.0.0.1:9/x' }, 'ALERT_WEBHOOK must begin with https'],
    [{ ALERT_WEBHOOK: 'https://me:you@hooks.example.com/x' }, 'ALERT_WEBHOOK must not contain a user name'],
    [{ METRICS_TOKEN: 'short' }, 'METRICS_TOKEN must have at least 16'],
    [{ METRICS_TOKEN: 'aaaaaaaaaaaaaaaaaaaa' }, 'METRICS_TOKEN is easy to guess'],
    [{ METRICS_TOKEN: 'metrics-secret-token' }, 'METRICS_TOKEN is easy to guess'],
    [{ ALERT_WEBHOOK: 'https://169.254.169.254/latest' }, 'ALERT_WEBHOOK must not be a link-local address'],
    [{ ALERT_WEBHOOK: 'https://[fe80::1]/x' }, 'ALERT_WEBHOOK must not be a link-local address'],
    [{ TIM_BASE_URL: 'http://console.example.com' }, 'TIM_BASE_URL must start with https'],
    [{ TIM_BASE_URL: 'http://10.0.0.5' }, 'set ALLOW_INSECURE_HTTP=1'],
    [{ PUBLIC_URL: 'http://push.example.com' }, 'PUBLIC_URL must start with https'],
    [{ METRICS_TOKN: 'x' }, 'METRICS_TOKN is not a known variable: did you mean METRICS_TOKEN?'],
    [{ DATABASE_URI: 'x' }, 'did you mean DATABASE_URL?'],
    [{ TRUST_PROXIES: '1' }, 'did you mean TRUST_PROXY?'],
    [{ MASTER_KEY_FIEL: '/run/key' }, 'did you mean MASTER_KEY_FILE?'],
    [{ UPSTREAM_SPACING_MS: '10' }, 'UPSTREAM_SPACING_MS below 1000'],
    [{ TEST_CLOCK_OFFSET_S: '60' }, 'TEST_CLOCK_OFFSET_S'],
    [{ DATABASE_URL: 'postgres://db/pushlens' }, 'PostgreSQL needs a MASTER_KEY'],
    [{ DATABASE_URL: 'mysql://db' }, 'DATABASE_URL must begin'],
    [{ PUBLIC_URL: 'ftp://x' }, 'PUBLIC_URL must start with http'],
    [{ PUBLIC_URL: 'https://a.example/push' }, 'PUBLIC_URL must be an origin'],
    [{ PORT: '1e3' }, 'PORT must be a whole number'],
    [{ TRUST_PROXY: '11' }, 'TRUST_PROXY must be a whole number'],
    [{ DEMO: 'on' }, 'DEMO=on needs'],
    [{ REQUEST_LIMITS: 'off' }, 'REQUEST_LIMITS=off needs'],
  ])('%o is refused with a message', (source, sentence) => {
    expect(problems(source).join('\n')).toContain(sentence)
  })

  test('the front door’s variables are parsed by its own rules, and the port alone gives the default address', () => {
    const source = { PORT: 'x', PUBLIC_URL: 'nowhere', TRUST_PROXY: '-1' }
    expect(problems(source)).toEqual(readSettings(source).problems)
    expect(readEnv({ PORT: '8080' }).publicUrl.href).toBe('http://localhost:8080/')
    expect(readEnv({ PORT: '8080', PUBLIC_URL: 'https://push.example.com' }).publicUrl.host).toBe('push.example.com')
  })

  test('faster spacing and a moved clock are allowed only with a loopback upstream', () => {
    const near = { TIM_BASE_URL: 'http://127.0.0.1:9', UPSTREAM_SPACING_MS: '10', TEST_CLOCK_OFFSET_S: '60' }
    expect(readEnv(near)).toMatchObject({ spacingMs: 10, clockOffsetS: 60 })
    expect(problems({ ...near, TIM_BASE_URL: 'https://127.0.0.1.example.com' })).toHaveLength(2)
  })

  test('a private upstream may be http if that is allowed', () => {
    const near = { TIM_SDKAPPID: '1', TIM_SECRET_KEY: KEY, TIM_BASE_URL: 'http://emulator:9000' }
    expect(readEnv({ ...near, ALLOW_INSECURE_HTTP: '1' }).app?.baseUrl).toBe('http://emulator:9000')
    expect(problems(near)).toHaveLength(1)
  })

  test('a webhook without TLS is allowed only with a loopback upstream', () => {
    const near = { TIM_BASE_URL: 'http://127.0.0.1:9', ALERT_WEBHOOK: 'http://127.0.0.1:8/x' }
    expect(readEnv(near).alertWebhook?.local).toBe(true)
    expect(readEnv({ ALERT_WEBHOOK: 'https://localhost/x' }).alertWebhook?.local).toBe(false)
  })

  test('the collector is on unless it is turned off', () => {
    expect([readEnv({}).collector, readEnv({ COLLECTOR: 'off' }).collector]).toEqual([true, false])
    expect(problems({ COLLECTOR: 'no' })).toHaveLength(1)
  })

  test('the online status is requested unless it is turned off', () => {
    const all = [{}, { TIM_ONLINE_STATUS: 'off' }].map((given) => readEnv(given).onlineStatus)
    expect(all).toEqual([true, false])
  })

  test('an app is read with all its fields; offsets west of Greenwich are negative', () => {
    const env = readEnv({
      TIM_SDKAPPID: '1400187352',
      TIM_SECRET_KEY: KEY,
      TIM_UTC_OFFSET: '-03:30',
      TIM_REGION: 'seoul',
    })
    expect(env.app).toMatchObject({
      sdkAppId: 1_400_187_352,
      adminId: 'administrator',
      region: 'seoul',
      utcOffsetMin: -210,
      demo: false,
    })
  })

  test('a secret may come from a file; setting both is a problem', () => {
    const dir = mkdtempSync(join(tmpdir(), 'pl-env-'))
    undo.push(() => rmSync(dir, { recursive: true }))
    const file = join(dir, 'key')
    writeFileSync(file, `${KEY}\n`)
    expect(readEnv({ TIM_SDKAPPID: '1', TIM_SECRET_KEY_FILE: file }).app?.secretKey).toBe(KEY)
    expect(problems({ MASTER_KEY_FILE: file, MASTER_KEY: KEY })).toHaveLength(1)
    expect(problems({ MASTER_KEY_FILE: join(dir, 'absent') })).toHaveLength(1)
  })

  test('no problem repeats a value', () => {
    const found = problems({ MASTER_KEY: 'hunter2-secret', ADMIN_EMAIL: 'x', ADMIN_PASSWORD: 'hunter2' }).join()
    expect(found).not.toContain('hunter2')
  })
})
