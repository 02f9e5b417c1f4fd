import { describe, expect, test } from 'vitest'
import { matches, withValues } from './compare'
import { fencesOf, shownIn } from './fences'

const same = (expected: string, actual: string) => matches(expected, actual, new Map())

describe('an output', () => {
  test.each([
    ['Revoked “reports”.', 'Revoked “reports”.', true],
    ['Revoked “reports”.', 'Revoked “report”.', false],
    ['', 'a word', false],
    ['one', 'one\ntwo', false],
    ['until 2026-11-22T05:51:09.000Z', 'until 2027-01-01T00:00:00.000Z', true],
    ['until 2026-11-22T05:51:09.000Z', 'until tomorrow', false],
    ['ok   Node 20.20.2', 'ok   Node 24.1.0', true],
    ['key …. A server', 'key 549a7cdd. A server', true],
    ['key …. A server', 'key 549a7cdd. Another server', false],
    ['a … b … c', 'a b c', false],
    ['…', 'one\ntwo', true],
    ['one\n…', 'one\ntwo\nthree', true],
    ['one\n…\nthree', 'one\ntwo\nthree', true],
    ['one\n…\nthree', 'one\ntwo\nfour', false],
    ['{"total":{…}}', '{"total":{"sent":1}}', true],
  ])('%j matches %j: %j', (expected, actual, isSame) => {
    expect(same(expected, actual)).toBe(isSame)
  })

  test('gives later commands the values of this run', () => {
    const pairs = new Map<string, string>()
    const [shown, real] = ['b392cf73-a2d9-4cfb-94f4-55bd6f43d2a7', '5319a7f1-f4c5-4e26-80be-6e0fefe42164']
    expect(matches(`ID ${shown}`, `ID ${real}`, pairs)).toBe(true)
    expect(withValues(`token revoke --id ${shown}`, pairs)).toBe(`token revoke --id ${real}`)
  })
})

test('the commands of a fence go on after a backslash, and their outputs follow them', () => {
  const page = 'Text\n\n```console exit=1\n$ one \\\n  two\nprinted\n$ three\n```\n\n```sh\nfour\n```\n'
  const [first, second] = fencesOf(page)
  expect(first && shownIn(first)).toEqual([
    { command: 'one two', expected: ['printed'], exitCode: 1, line: 4 },
    { command: 'three', expected: [], exitCode: 1, line: 7 },
  ])
  expect(second).toMatchObject({ language: 'sh', lines: ['four'] })
})
