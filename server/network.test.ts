import { describe, expect, test } from 'vitest'
import { isLinkLocal, isLoopback, isPrivate, transportProblem } from './network.mjs'

const at = (host: string) => new URL(`http://${host}/`)

describe('an address', () => {
  test.each(['localhost', '127.0.0.1', '127.9.9.9', '[::1]', '[::ffff:127.0.0.1]', '2130706433'])(
    '%s is loopback',
    (host) => expect(isLoopback(at(host))).toBe(true),
  )
  test.each(['localhost.example.com', '127.0.0.1.example.com', '128.0.0.1', '[::2]', 'localhost.'])(
    '%s is not loopback',
    (host) => expect(isLoopback(at(host))).toBe(false),
  )
  test.each([
    '10.1.2.3',
    '172.31.0.1',
    '192.168.0.9',
    '100.64.1.1',
    '[fd12::1]',
    'pushlens',
    'nas.local',
    'a.home.arpa',
  ])('%s is private', (host) => expect(isPrivate(at(host))).toBe(true))
  test.each([
    '8.8.8.8',
    '172.32.0.1',
    '[2606:4700::1]',
    'example.com',
    'local.example.com',
    '169.254.1.1',
    '[fe80::1]',
  ])('%s is not private', (host) => expect(isPrivate(at(host))).toBe(false))
  test.each(['169.254.169.254', '[fe80::1]', '[::ffff:169.254.169.254]', '0xa9fea9fe'])('%s is link-local', (host) =>
    expect(isLinkLocal(at(host))).toBe(true),
  )
})

test('plain http is refused, except on loopback, and on a private address if allowed', () => {
  const problem = (address: string, allowed: boolean) => transportProblem('PUBLIC_URL', new URL(address), allowed)
  expect(problem('https://push.example.com', false)).toBeNull()
  expect(problem('http://localhost:3000', false)).toBeNull()
  expect(problem('http://10.0.0.5:3000', false)).toContain('ALLOW_INSECURE_HTTP=1')
  expect(problem('http://10.0.0.5:3000', true)).toBeNull()
  for (const allowed of [true, false]) {
    expect(problem('http://push.example.com', allowed)).toContain('PUBLIC_URL must start with https://')
  }
})
