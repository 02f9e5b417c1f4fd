import { format, inspect } from 'node:util'
import { expect, test } from 'vitest'
import { Secret } from './secret'

const CANARY = 'canary-b7f2'
const secret = new Secret(CANARY)

test.each([
  ['a template', `${secret}`],
  ['addition', `a${secret}`],
  ['JSON', JSON.stringify({ deep: [secret] })],
  ['inspection', inspect({ deep: { deeper: secret } }, { showHidden: true, depth: 9 })],
  ['format %s', format('%s', secret)],
  ['format %o', format('%o', secret)],
  ['format %j', format('%j', secret)],
  ['an error', inspect(new Error('x', { cause: { secret } }))],
  ['entries', JSON.stringify(Object.entries(secret))],
  ['a clone', inspect(structuredClone({ secret: { ...secret } }))],
])('%s never reveals a secret', (_, printed) => {
  expect(printed).not.toContain(CANARY)
})

test('it prints that it is redacted', () => {
  expect([String(secret), JSON.stringify(secret), inspect(secret)]).toEqual([
    '[redacted]',
    '"[redacted]"',
    '[redacted]',
  ])
})

test('only reveal returns it', () => {
  expect(secret.reveal()).toBe(CANARY)
})
