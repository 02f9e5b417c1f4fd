import { expect, test } from 'vitest'
import { type ERROR_STATUS, PushlensError } from '@/lib/contract/errors'
import { jsonFile, problem, wantsCsv } from './respond'

const asks = (accept?: string) =>
  wantsCsv(new Request('http://localhost/', { headers: accept === undefined ? {} : { accept } }))

test.each([
  'text/csv',
  'TEXT/CSV',
  'text/csv; charset=utf-8',
  'text/csv, */*;q=0.1',
  'application/json;q=0.5, text/csv',
])('Accept: %s gets CSV', (accept) => expect(asks(accept)).toBe(true))

test.each([
  undefined,
  '',
  '*/*',
  'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'application/json, text/csv;q=0.5',
  'text/csv;q=0',
  'text/csvish',
])('Accept: %s gets JSON', (accept) => expect(asks(accept)).toBe(false))

test('a JSON file of a demo begins with a note that its data is invented', async () => {
  const reply = { total: 5 }
  expect(await jsonFile(reply, { demo: true }).text()).toBe('{"note":"Demo, invented data","total":5}')
  expect(await jsonFile(reply, { demo: false }).text()).toBe('{"total":5}')
})

test('a refusal that passes by itself says when to try again, also if the error does not know', () => {
  const after = (error: unknown) => problem(error).headers.get('retry-after')
  const of = (code: keyof typeof ERROR_STATUS, more = {}) => Object.assign(new PushlensError(code, 'test'), more)
  expect([after(of('unavailable')), after(of('too_many')), after(of('upstream_too_fast'))]).toEqual(['1', '1', '1'])
  expect(after(of('too_many', { retryAfterMs: 2_001 }))).toBe('3')
  expect([after(of('not_found')), after(of('internal')), after(new Error('test'))]).toEqual([null, null, null])
})
