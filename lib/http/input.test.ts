import { expect, test } from 'vitest'
import { isPushlensError } from '@/lib/contract/errors'
import { bodyOf } from './input'

/** Returns the code of the error of reading a body that fails after its first bytes, as a closed connection does. */
async function codeOfBroken(): Promise<string> {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"password":"hun'))
      controller.error(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }))
    },
  })
  const headers = { 'content-type': 'application/json' }
  const request = new Request('http://localhost/x', { method: 'POST', headers, body, duplex: 'half' } as RequestInit)
  return bodyOf(request).then(
    () => 'read',
    (error) => (isPushlensError(error) ? `${error.code}: ${error.message}` : String(error)),
  )
}

test('a body that ends early is the fault of the client, and no part of it is repeated', async () => {
  expect(await codeOfBroken()).toBe('bad_request: the body ended early')
})
