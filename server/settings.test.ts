import { describe, expect, test } from 'vitest'
import { answersPrivateAddresses, readSettings } from './settings.mjs'

describe('the door’s settings', () => {
  test('have defaults for an empty environment', () => {
    expect(readSettings({})).toEqual({
      settings: { host: '127.0.0.1', port: 3_000, publicUrl: null, trustProxy: 0, allowInsecureHttp: false },
      problems: [],
    })
  })

  test('come from the environment; an empty variable counts as absent', () => {
    const given = { HOST: '0.0.0.0', PORT: '8080', PUBLIC_URL: 'https://Push.Example.com', TRUST_PROXY: '' }
    const { settings, problems } = readSettings(given)
    expect(problems).toEqual([])
    expect(settings).toMatchObject({ host: '0.0.0.0', port: 8_080, trustProxy: 0 })
    expect(settings.publicUrl?.host).toBe('push.example.com')
  })

  test('allow port 0 for a free port', () => {
    expect(readSettings({ PORT: '0' }).settings.port).toBe(0)
  })

  test('report all problems at once', () => {
    expect(readSettings({ PORT: 'abc', PUBLIC_URL: 'nowhere', TRUST_PROXY: '-1' }).problems).toHaveLength(3)
  })

  test.each([
    [{ PORT: '65536' }, 'PORT must be'],
    [{ PORT: '1e3' }, 'PORT must be'],
    [{ PORT: ' 80' }, 'PORT must be'],
    [{ TRUST_PROXY: '11' }, 'TRUST_PROXY must be'],
    [{ TRUST_PROXY: 'true' }, 'TRUST_PROXY must be'],
    [{ PUBLIC_URL: 'ftp://a.example' }, 'must start with http'],
    [{ PUBLIC_URL: 'push.example.com' }, 'must start with http'],
    [{ PUBLIC_URL: 'http://push.example.com' }, 'must start with https'],
    [{ PUBLIC_URL: 'http://push.example.com', ALLOW_INSECURE_HTTP: '1' }, 'must start with https'],
    [{ PUBLIC_URL: 'http://192.168.1.5:3000' }, 'set ALLOW_INSECURE_HTTP=1'],
    [{ ALLOW_INSECURE_HTTP: 'yes' }, 'must be 1 or 0'],
    [{ PUBLIC_URL: 'https://a.example/push' }, 'must be an origin'],
    [{ PUBLIC_URL: 'https://me:pw@a.example' }, 'must be an origin'],
    [{ PUBLIC_URL: 'https://a.example/?x=1' }, 'must be an origin'],
    [{ PUBLIC_URL: 'https://a.example/#x' }, 'must be an origin'],
  ])('reject %o with a message', (env, sentence) => {
    expect(readSettings(env).problems.join()).toContain(sentence)
  })

  test('allow plain http on loopback, and on a private address if that is allowed', () => {
    expect(readSettings({ PUBLIC_URL: 'http://127.0.0.1:3000' }).problems).toEqual([])
    const near = { PUBLIC_URL: 'http://192.168.1.5:3000', ALLOW_INSECURE_HTTP: '1' }
    expect(readSettings(near)).toMatchObject({ problems: [], settings: { allowInsecureHttp: true } })
  })

  test('do not repeat given values in problems', () => {
    expect(readSettings({ PUBLIC_URL: 'https://me:hunter2@a.example' }).problems.join()).not.toContain('hunter2')
  })
})

test.each([
  [{}, false],
  [{ HOST: '0.0.0.0' }, true],
  [{ HOST: '::' }, true],
  [{ HOST: 'localhost' }, false],
  [{ HOST: '::1' }, false],
  [{ HOST: '0.0.0.0', PUBLIC_URL: 'https://push.example.com' }, false],
])('with %j the server answers its private addresses: %j', (env, expected) => {
  expect(answersPrivateAddresses(readSettings(env).settings)).toBe(expected)
})
