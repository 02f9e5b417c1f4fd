import type { Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ERROR_STATUS } from '@/lib/contract/errors'
import { problemReply } from '@/lib/contract/problem'
import { door } from './door.mjs'
import { listen } from './listen.mjs'
import { corpus } from './testing/corpus.mjs'
import { rawRequest } from './testing/corpus-parts.mjs'
import { answerProblem, send } from './testing/replay.mjs'

const base = { host: 'push.example:3000', origin: 'http://push.example:3000' }
const replays = corpus(base)

/** The requests that reached the application. */
const reached: { url: string; seen: string }[] = []
let server: Server
let port: number

beforeAll(async () => {
  ;({ server, port } = await listen({ host: '127.0.0.1', port: 0 }))
  const rules = { publicUrl: new URL(base.origin), trustProxy: 0 }
  const handler = door({
    handler: (req, res) => {
      const seen = JSON.stringify([req.headers, req.rawHeaders, req.headersDistinct])
      reached.push({ url: req.url ?? '', seen })
      res.end('ok')
    },
    rules,
    startId: 'start-1',
    onError: (error) => expect.unreachable(String(error)),
  })
  server.on('request', handler)
})
afterAll(() => server.close())

async function play(raw: string | Buffer) {
  reached.length = 0
  return await send(port, raw)
}

test('the corpus has at least 100 requests with unique names', () => {
  expect(replays.filter(({ refused, hidden }) => refused || hidden).length).toBeGreaterThanOrEqual(100)
  expect(new Set(replays.map(({ name }) => name)).size).toBe(replays.length)
})

describe('refused by the door', () => {
  test.each(replays.filter(({ refused }) => refused))('$name', async (replay) => {
    expect(answerProblem(replay, await play(replay.raw))).toBeNull()
    expect(reached).toEqual([])
  })
})

describe('forwarded without injected headers', () => {
  test.each(replays.filter(({ refused }) => !refused))('$name', async (replay) => {
    expect(answerProblem(replay, await play(replay.raw))).toBeNull()
    expect(reached).toHaveLength(1)
    if (replay.hidden) expect(reached[0]?.seen).not.toContain(replay.hidden)
  })
})

describe('a refusal', () => {
  test('is a problem document under /api and a line of text elsewhere', async () => {
    const api = await play(
      rawRequest('POST /api/v1/apps', [`Host: ${base.host}`, 'Transfer-Encoding: chunked'], '0\r\n\r\n'),
    )
    expect(api.head).toMatch(/content-type: application\/problem\+json/)
    expect(problemReply.parse(JSON.parse(api.body))).toMatchObject({ status: 411, code: 'length_required' })
    const page = await play(rawRequest('GET /%2f', [`Host: ${base.host}`]))
    expect(page.head).toMatch(/content-type: text\/plain/)
    expect(page.body).toBe('The address of this request is malformed.\n')
  })

  test.each(replays.filter(({ refused }) => refused))(
    'has the safety headers and a known code: $name',
    async (replay) => {
      const { status, head, body } = await play(replay.raw)
      // Node itself answers what is not HTTP.
      if (!/content-type/.test(head)) return expect(body).toMatch(/^(0\r\n\r\n)?$/)
      expect(head).toMatch(/x-content-type-options: nosniff/)
      expect(head).toMatch(/x-frame-options: DENY/)
      expect(head).toMatch(/content-security-policy: default-src 'none'/)
      expect(head).toMatch(/connection: close/i)
      if (body.startsWith('{')) {
        const { code } = problemReply.parse(JSON.parse(body))
        expect([ERROR_STATUS[code], 414]).toContain(status)
      }
    },
  )
})
