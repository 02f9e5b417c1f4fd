import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { listen } from './listen.mjs'
import { stopper } from './stop.mjs'
import { rawRequest } from './testing/corpus-parts.mjs'
import { send } from './testing/replay.mjs'

const HOST = 'Host: localhost'
const OPTIONS = { graceMs: 60_000, finish: () => {} }

async function start() {
  const { server, port } = await listen({ host: '127.0.0.1', port: 0 })
  server.on('request', (_, res) => res.end('whole'))
  return { server, port }
}

test('a connection made before the stop is answered, although its request comes after it', async () => {
  const { server, port } = await start()
  const socket = connect(port, '127.0.0.1')
  await once(server, 'connection')
  const stopped = stopper(server, OPTIONS)()
  while (server.listening) await new Promise((resolve) => setImmediate(resolve))
  socket.write(`GET / HTTP/1.1\r\n${HOST}\r\n\r\n`)
  const answer = (await socket.toArray()).join('')
  expect(answer).toContain('whole')
  expect(answer.toLowerCase()).toContain('connection: close')
  expect(await stopped).toBe(0)
})

test('connections that Node has not accepted at the stop are answered', async () => {
  const { server, port } = await start()
  // With the first connection the system has all of them, and Node one.
  const stopped = once(server, 'connection').then(() => stopper(server, OPTIONS)())
  const answers = await Promise.all(Array.from({ length: 40 }, () => send(port, rawRequest('GET /', [HOST]))))
  expect(answers.filter(({ body }) => !body.includes('whole'))).toEqual([])
  expect(await stopped).toBe(0)
})
