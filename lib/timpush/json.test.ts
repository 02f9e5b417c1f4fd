import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson } from './json'
import { repairJson } from './json-repair'

const parsed = (raw: string) => parseJson(raw)?.value

describe('errors that the documentation prints are repaired', () => {
  test.each([
    ['a byte order mark', '\ufeff{"a":1}', { a: 1 }],
    ['a trailing comma in a list', '{"a":[1,2 , ]}', { a: [1, 2] }],
    ['a trailing comma in an object', '{"a":{"b":1,\n},}', { a: { b: 1 } }],
    ['an object without a name', '{"a":"x",{"b":[1],"c":2}}', { a: 'x', b: [1], c: 2 }],
    ['an object without a name in front', '{{"a":1},"b":2}', { a: 1, b: 2 }],
    ['objects without names inside each other', '{"a":1,{"b":2,{"c":3}}}', { a: 1, b: 2, c: 3 }],
    ['a missing comma before a key', '{"a": 0"b": "x" "c": [1] "d": 2}', { a: 0, b: 'x', c: [1], d: 2 }],
  ])('%s', (_, raw, value) => {
    expect(parsed(raw)).toEqual(value)
  })

  test('a string that looks like such an error is not changed', () => {
    const text = '{"a":[1,],{"b":2}}, \\ " ]'
    expect(parsed(`{"a":${JSON.stringify(text)},}`)).toEqual({ a: text })
  })
})

describe('ambiguous text stays unreadable', () => {
  test.each([
    ['nothing', ''],
    ['HTML', '<html></html>'],
    ['half an answer', '{"a":[1,2'],
    ['two commas', '[1,,2]'],
    ['a comma with nothing before it', '[,1]'],
    ['only a comma', '{"a":[,]}'],
    ['two numbers side by side', '{"a":1 2}'],
    ['a number cut in two', '{"a":[1 2]}'],
    ['an object without a name and with nothing in it', '{"a":1,{}}'],
    ['a wrong closing bracket', '{"a":1,{"b":2]}'],
    ['single quotes', "{'a':1}"],
    ['not a number', '{"a":NaN}'],
    ['a second text after the first', '{"a":1}{"b":2}'],
    ['an unfinished string', '{"a":"x'],
    ['a string that ends in a backslash', '{"a":"x\\'],
  ])('%s', (_, raw) => {
    expect(parseJson(raw)).toBeNull()
  })
})

test('a number too small for JavaScript does not become zero', () => {
  expect(parsed('{"a":1e-400,"b":[-2.5E-999],"c":0.0}')).toEqual({ a: '1e-400', b: ['-2.5E-999'], c: 0 })
  expect(parsed(`{"a":0.${'0'.repeat(400)}1}`)).toEqual({ a: `0.${'0'.repeat(400)}1` })
  expect(parsed('{"a":0e-9,"b":0.1e-3}')).toEqual({ a: 0, b: 0.0001 })
})

test('a text that cannot be repaired is returned unchanged', () => {
  for (const text of ['{"a":1,{}}', '[1,,2]', '{"a":1,{"b":2]}']) expect(repairJson(text)).toBe(text)
})

test('repair does not change the meaning of valid JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(3), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      expect(JSON.parse(repairJson(text))).toEqual(JSON.parse(text))
    }),
    { numRuns: 2_000, seed: 7 },
  )
})

test('trailing commas change nothing', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value, null, 1).replaceAll(/([^[{\s])\n(\s*[\]}])/g, '$1,\n$2')
      expect(parsed(text)).toEqual(JSON.parse(JSON.stringify(value)))
    }),
    { numRuns: 2_000, seed: 8 },
  )
})

test('a `__proto__` key stays a plain key', () => {
  expect(Object.keys(parsed('{"__proto__":{"polluted":1},}') as object)).toEqual(['__proto__'])
  expect({}).not.toHaveProperty('polluted')
})
