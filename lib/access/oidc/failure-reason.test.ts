import { expect, test } from 'vitest'
import { reasonOf } from './failure-reason'

const coded = (message: string, code: string) => Object.assign(new Error(message), { code })

test.each([
  [{ error: coded('connect ECONNREFUSED 10.0.0.7:443', 'ECONNREFUSED') }, 'ECONNREFUSED'],
  [{ error: new Error('state mismatch, expected canary-1, got: canary-2') }, 'state mismatch'],
  [
    { error: new Error('invalid_client (client authentication failed)') },
    'invalid_client (client authentication failed)',
  ],
  [new TypeError('State cookie was missing.'), 'State cookie was missing'],
  [{ error: new Error('<script>canary</script>') }, 'unknown'],
  [{ error: new Error('“canary”') }, 'unknown'],
  [{ error: new Error('') }, 'unknown'],
  ['canary', 'unknown'],
  [undefined, 'unknown'],
  [{ body: { error: 'canary' } }, 'unknown'],
])('the log says why without a visitor’s input (%#)', (detail, reason) => {
  expect(reasonOf(detail)).toBe(reason)
})
