import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { isGuessable } from './env-strength'

test.each([
  'aaaaaaaaaaaaaaaaaaaaaaaa',
  'abababababababababababab',
  '0123456789abcdef',
  'abcdefghijklmnopqrstuvwxyz',
  '1111222233334444',
  'changemechangeme',
  'password-password',
  'pushlens-metrics-token',
  'metrics-secret-token-1',
  'prometheus-prometheus',
  'qwertyqwertyqwerty',
])('%s can be guessed', (secret) => {
  expect(isGuessable(secret)).toBe(true)
})

test('a random secret cannot', () => {
  for (let i = 0; i < 500; i++) {
    expect(isGuessable(randomBytes(16).toString('hex'))).toBe(false)
    expect(isGuessable(randomBytes(24).toString('base64url'))).toBe(false)
  }
})
