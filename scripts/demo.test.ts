import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readEnv } from '@/lib/env'
import { dataFolder, demoVariables, demoWanted, demoWorld } from './demo.mjs'

describe('a demo', () => {
  test('starts if no app is configured and only this machine can connect', () => {
    expect(demoWanted({}, null)).toBe(true)
    expect(demoWanted({ TIM_SDKAPPID: '' }, new URL('http://127.0.0.1:3000'))).toBe(true)
    expect(demoWanted({}, new URL('http://[::1]:3000'))).toBe(true)
  })

  test('never starts on a public address', () => {
    expect(demoWanted({}, new URL('https://push.example.com'))).toBe(false)
    expect(demoWanted({}, new URL('http://localhost.example.com'))).toBe(false)
  })

  test('does not start if an app is configured, even with a misspelt variable', () => {
    expect(demoWanted({ TIM_SDKAPPID: '1400000000' }, null)).toBe(false)
    expect(demoWanted({ TIM_SDKAPID: '1400000000' }, null)).toBe(false)
    expect(demoWanted({ TIM_SECRET_KEY_FILE: '/run/key' }, null)).toBe(false)
  })

  test('can be disabled', () => {
    expect(demoWanted({ DEMO: 'off' }, null)).toBe(false)
  })

  test('has variables that the application accepts as a demo', () => {
    const env = readEnv(demoVariables('k'.repeat(64), 4_711))
    expect(env.app).toMatchObject({ name: 'Demo shop', baseUrl: 'http://127.0.0.1:4711', demo: true })
    expect(env.spacingMs).toBeLessThan(20)
  })
})

test('key and anchor are created once, readable by their owner only', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pl-demo-'))
  try {
    const data = join(folder, 'data')
    const world = demoWorld(data, 1_795_000_000)
    expect(world).toEqual({ key: expect.stringMatching(/^[0-9a-f]{64}$/), anchor: 1_795_000_000 })
    expect(demoWorld(data, 1_795_999_999)).toEqual(world)
    expect(statSync(join(data, 'demo.json')).mode & 0o777).toBe(0o600)
    expect(statSync(data).mode & 0o777).toBe(0o700)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test.each([
  [undefined, '/srv/data'],
  ['sqlite:./var/x.db', '/srv/var'],
  ['sqlite:/var/lib/x.db', '/var/lib'],
  ['postgres://db/x', '/srv/data'],
])('with DATABASE_URL %s the data folder is %s', (url, folder) => {
  expect(dataFolder({ DATABASE_URL: url }, '/srv')).toBe(folder)
})
