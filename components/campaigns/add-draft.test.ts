import { expect, test } from 'vitest'
import { createDrafts } from './add-draft'

test('a draft of each app outlives the form, and forms that are open see every change', () => {
  const drafts = createDrafts()
  let seen = 0
  const close = drafts.subscribe(() => {
    seen += 1
  })
  drafts.change('a', () => ({ text: 'one,name' }))
  close()
  drafts.change('a', ({ text }) => ({ text: `${text}\n`, step: { at: 'undone' } }))
  expect(seen).toBe(1)
  expect(drafts.of('a')).toEqual({ text: 'one,name\n', step: { at: 'undone' } })
  expect(drafts.of('b')).toEqual({ text: '', step: { at: 'text' } })
  // React renders again without end if an unchanged draft is a new object each time.
  expect(drafts.of('a')).toBe(drafts.of('a'))
})
