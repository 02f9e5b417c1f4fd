import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { VERSION } from './version'

const read = (name: string) => readFileSync(resolve(import.meta.dirname, '../../..', name), 'utf8')

test('the version is that of package.json, and the change log says what it needs from the operator', () => {
  expect(JSON.parse(read('package.json'))).toMatchObject({ version: VERSION })
  const [newest = ''] = read('CHANGELOG.md').split(/^## /m).slice(1)
  expect(newest.startsWith(VERSION)).toBe(true)
  const [first = ''] = newest.split('\n### ').slice(1)
  expect(first.startsWith('Action needed')).toBe(true)
})
