import { describe, expect, test } from 'vitest'
import { misspelt } from './env-names'

const KNOWN = [
  ...['HOST', 'PORT', 'PUBLIC_URL', 'TRUST_PROXY', 'ALLOW_INSECURE_HTTP', 'DATABASE_URL', 'DATABASE_URL_FILE'],
  ...['MASTER_KEY', 'MASTER_KEY_FILE', 'ADMIN_EMAIL', 'TIM_SDKAPPID', 'METRICS_TOKEN', 'METRICS_TOKEN_FILE'],
  ...['ALERT_WEBHOOK', 'LOG_LEVEL', 'COLLECTOR', 'DEMO'],
]

describe('a variable', () => {
  test.each([
    ['METRICS_TOKN', 'METRICS_TOKEN'],
    ['METRIC_TOKEN', 'METRICS_TOKEN'],
    ['DATABASE_URI', 'DATABASE_URL'],
    ['DATABASEURL', 'DATABASE_URL'],
    ['DATABASE-URL', 'DATABASE_URL'],
    ['database_url', 'DATABASE_URL'],
    ['TRUST_PROXIES', 'TRUST_PROXY'],
    ['MASTER_KEY_FIEL', 'MASTER_KEY_FILE'],
    ['MASTERKEY', 'MASTER_KEY'],
    ['PUBLC_URL', 'PUBLIC_URL'],
    ['ALLOW_INSECURE_HTTPS', 'ALLOW_INSECURE_HTTP'],
    ['ALERT_WEBHOOKS', 'ALERT_WEBHOOK'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['COLECTOR', 'COLLECTOR'],
    ['TIM_SDKAPID', 'TIM_SDKAPPID'],
    ['ADMIN_EMAL', 'ADMIN_EMAIL'],
  ])('%s is a problem that names %s', (name, meant) => {
    expect(misspelt([name], KNOWN)).toEqual([`${name} is not a known variable: did you mean ${meant}?`])
  })

  test('with one of our beginnings is a problem also where nothing is near', () => {
    expect(misspelt(['TIM_FOO'], KNOWN)).toEqual(['TIM_FOO is not a known variable: check its spelling'])
  })

  test('of another program is none', () => {
    const others = [
      'PATH',
      'HOME',
      'HOSTNAME',
      'USER',
      'TERM',
      'LANG',
      'SHELL',
      'LOGNAME',
      'PWD',
      'OLDPWD',
      'SHLVL',
      '_',
    ]
    const near = ['DATABASE_HOST', 'DATABASE_PORT', 'DATABASE_USER', 'DATABASE_SSL', 'DATABASE_NAME', 'POST', 'PORTS']
    const close = ['PUBLIC_DIR', 'PUBLIC_KEY', 'PUBLIC_IP', 'METRICS_PORT', 'METRICS_PATH', 'TRUST_STORE', 'HTTP_PROXY']
    const tools = [
      'npm_config_loglevel',
      'NODE_ENV',
      'PUSHLENS_PORT',
      'DATABASE_URL_UNPOOLED',
      'MASTER_HOST',
      'NO_PROXY',
    ]
    expect(misspelt([...others, ...near, ...close, ...tools], KNOWN)).toEqual([])
  })

  test('that is known is none', () => {
    expect(misspelt(KNOWN, KNOWN)).toEqual([])
  })
})
