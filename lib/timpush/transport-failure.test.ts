import { expect, test } from 'vitest'
import { transportFailure } from './transport-failure'

const failure = (error: unknown) => transportFailure('normal_push_trace', error).code
const withCode = (code: unknown) => Object.assign(new Error('https://host/?usersig=secret'), { code })

test.each([
  ['UND_ERR_CONNECT_TIMEOUT', 'upstream_timeout'],
  ['UND_ERR_HEADERS_TIMEOUT', 'upstream_timeout'],
  ['UND_ERR_BODY_TIMEOUT', 'upstream_timeout'],
  ['ETIMEDOUT', 'upstream_timeout'],
  ['Z_DATA_ERROR', 'upstream_unreadable'],
  ['Z_BUF_ERROR', 'upstream_unreadable'],
  ['ERR__ERROR_FORMAT_PADDING_1', 'upstream_unreadable'],
  ['ERR_BROTLI_DECODER_ERROR_UNREACHABLE', 'upstream_unreadable'],
  ['UND_ERR_HEADERS_OVERFLOW', 'upstream_bad_gateway'],
  ['ECONNREFUSED', 'upstream_unreachable'],
  ['ECONNRESET', 'upstream_unreachable'],
  ['ENOTFOUND', 'upstream_unreachable'],
  ['EAI_AGAIN', 'upstream_unreachable'],
  ['UND_ERR_SOCKET', 'upstream_unreachable'],
  ['CERT_HAS_EXPIRED', 'upstream_unreachable'],
  ['ERR_INVALID_URL', 'upstream_unreachable'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'upstream_unreachable'],
  [23, 'upstream_unreachable'],
  [undefined, 'upstream_unreachable'],
])('%s means %s', (code, expected) => {
  expect(failure(withCode(code))).toBe(expected)
})

test.each([[null], [undefined], ['text'], [7], [{}]])(
  'a thrown value that is not an error (%j) is a failed connection',
  (thrown) => {
    expect(failure(thrown)).toBe('upstream_unreachable')
  },
)

test('nothing of the original error is copied', () => {
  const ours = transportFailure('normal_push_trace', withCode('ECONNRESET'))
  expect(ours.message).toBe('normal_push_trace: upstream_unreachable: the connection failed')
  expect(ours.cause).toBeUndefined()
})
