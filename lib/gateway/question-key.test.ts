import { expect, test } from 'vitest'
import { ENDPOINTS } from '@/lib/contract/sources'
import type { Question } from '@/lib/timpush/question'
import { questionKey } from './question-key'
import { question } from './testing/gateway-env'

const tasks = (...ids: string[]): Question => ({ endpoint: 'all_member_push_loss', from: 1, to: 2, tasks: ids })

test('order and duplicates of tasks or users do not change the key', () => {
  expect(questionKey({ id: 'app' }, tasks('a', 'b', 'a'))).toBe(questionKey({ id: 'app' }, tasks('b', 'a')))
  const people = (...userIds: string[]): Question => ({ endpoint: 'query_online_status', userIds })
  expect(questionKey({ id: 'app' }, people('x', 'y'))).toBe(questionKey({ id: 'app' }, people('y', 'x')))
})

test('another app, endpoint, window or ID has another key', () => {
  const all = ['app', 'other'].flatMap((app) =>
    ENDPOINTS.flatMap((endpoint) => [1, 2].map((n) => questionKey({ id: app }, question(n, endpoint)))),
  )
  expect(new Set(all).size).toBe(28)
  expect(questionKey({ id: 'app' }, tasks('a', 'b'))).not.toBe(questionKey({ id: 'app' }, tasks('a,b')))
})

test('computing the key does not change the question', () => {
  const given = tasks('b', 'a')
  questionKey({ id: 'app' }, given)
  expect(given).toEqual(tasks('b', 'a'))
})
