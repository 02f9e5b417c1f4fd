import { expect, test } from 'vitest'
import { jsonFile, wantsCsv } from './respond'

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
