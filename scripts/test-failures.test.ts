import { expect, test } from 'vitest'
import { browserFailures, unitFailures } from './test-failures.mjs'

test('names each failed unit test with the first line of its error, and a file without tests', () => {
  const passed = { status: 'passed', fullName: 'adds up' }
  const failed = {
    status: 'failed',
    fullName: 'subtracts',
    failureMessages: ['\nError: 3 is not 2\n    at a.test.ts:4'],
  }
  const report = {
    testResults: [
      { name: '/app/lib/a.test.ts', status: 'failed', assertionResults: [passed, failed] },
      { name: '/app/lib/b.test.ts', status: 'failed', message: 'Cannot find package', assertionResults: [] },
      { name: '/app/lib/c.test.ts', status: 'passed', assertionResults: [passed] },
    ],
  }
  expect(unitFailures(report, '/app')).toEqual([
    'lib/a.test.ts › subtracts: Error: 3 is not 2',
    'lib/b.test.ts: Cannot find package',
  ])
})

test('names each failed browser test, also of a nested suite', () => {
  const spec = (title: string, ok: boolean, message?: string) => ({
    title,
    file: 'a.spec.ts',
    line: 7,
    ok,
    tests: [{ results: [message ? { error: { message } } : {}] }],
  })
  const nested = { suites: [{ specs: [spec('opens', false, 'Timeout\nCall log')] }] }
  const report = { suites: [{ specs: [spec('closes', true), spec('waits', false)], ...nested }] }
  expect(browserFailures(report)).toEqual(['a.spec.ts:7 › waits', 'a.spec.ts:7 › opens: Timeout'])
})
