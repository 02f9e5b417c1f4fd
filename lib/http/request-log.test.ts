import { afterAll, beforeAll, expect, test } from 'vitest'
import { strictObject, string } from 'zod'
import type { Log } from '@/lib/log'
import { guarded } from './route'

const KEY = Symbol.for('pushlens.running')
const lines: Record<string, unknown>[] = []
const write = (level: string) => (fields: object, text: string) => lines.push({ level, text, ...fields })

beforeAll(() => {
  const log = { debug: write('debug'), error: write('error') } as unknown as Log
  Object.assign(globalThis, { [KEY]: Promise.resolve({ log }) })
})
afterAll(() => Reflect.deleteProperty(globalThis, KEY))

const ask = (handle: () => Promise<Response>) =>
  guarded(handle)(new Request('http://localhost:3000/api/v1/apps/14/funnel?user=ana', { method: 'POST' }), {
    params: Promise.resolve({ app: '14' }),
  })

test('an answered request is one line at debug, under the ID of its answer, without its query and its IDs', async () => {
  const answer = await ask(async () => Response.json({}))
  expect(lines.splice(0)).toEqual([
    {
      level: 'debug',
      text: 'a request was answered',
      id: answer.headers.get('x-request-id'),
      route: '/api/v1/apps/[app]/funnel',
      method: 'POST',
      status: 200,
      tookMs: expect.any(Number),
    },
  ])
})

test('a failed request is logged as an error under the ID of its answer; a refused one is not', async () => {
  const answer = await ask(async () => {
    throw new Error('broken')
  })
  const [error, request] = lines.splice(0)
  const id = answer.headers.get('x-request-id')
  expect(id).toMatch(/^[\da-f-]{36}$/)
  expect(error).toMatchObject({ level: 'error', id, route: '/api/v1/apps/[app]/funnel' })
  expect(request).toMatchObject({ level: 'debug', id, status: 500 })
  expect(JSON.stringify([error, request])).not.toContain('ana')
  await ask(async () => Response.json(strictObject({ a: string() }).parse({})))
  expect(lines.splice(0).map(({ level }) => level)).toEqual(['debug'])
})
