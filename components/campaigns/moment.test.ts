import { expect, test } from 'vitest'
import { wordsIn } from '@/components/i18n/testing/render'
import type { ListedTask } from '@/lib/contract/tasks'
import { ageText as ageInList } from './figures'
import { linesOf } from './live-list'
import { ageText } from './moment'

test.each([
  [1, '1 h ago', '1 h'],
  [47, '47 h ago', '47 h'],
  [71, '2 d ago', '2 days'],
  [72, '3 d ago', '3 days'],
])('after %s hours the list and the page name the same age', (hours, inList, onPage) => {
  const words = wordsIn('en')
  expect([ageInList(hours, words), ageText(hours * 3_600, words)]).toEqual([inList, onPage])
})

test('the heads of a tag named null and of no tag are two', () => {
  const tasks = [['null'], []].map((tags, i) => ({ taskId: `t${i}`, tags }) as unknown as ListedTask)
  expect(new Set(linesOf(tasks, true).map(({ key }) => key)).size).toBe(4)
})
