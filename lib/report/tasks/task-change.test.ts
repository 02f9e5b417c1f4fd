import { expect, test } from 'vitest'
import { changedTask, hintedSentAt, sameTask } from './task-change'

const ID = '667015d4_537529d8_2000005e80aa873_d03ac87_56f5e750'
const SENT = 0x667015d4
const KNOWN = { label: 'Lunch', tags: ['food'], note: 'n', sentAt: null }

test('a TaskID contains its sending time; a future time is ignored', () => {
  expect(hintedSentAt(ID, SENT)).toBe(SENT)
  expect(hintedSentAt(`batch_${ID}`, SENT)).toBe(SENT)
  expect(hintedSentAt(ID, SENT - 90_000)).toBeNull()
  expect(hintedSentAt('anything', SENT)).toBeNull()
})

test('a field left out stays; an empty field is emptied', () => {
  expect(changedTask(KNOWN, {}, null)).toEqual(KNOWN)
  expect(changedTask(KNOWN, { label: '', tags: [] }, null)).toEqual({ ...KNOWN, label: '', tags: [] })
  expect(changedTask(null, { note: 'x' }, null)).toEqual({ label: '', tags: [], note: 'x', sentAt: null })
})

test('a time from people wins over the time in the ID, which is used otherwise', () => {
  const sentAt = (known: number | null, change: { sentAt?: number | null }) =>
    changedTask({ ...KNOWN, sentAt: known }, change, 7).sentAt
  expect([sentAt(null, {}), sentAt(5, {}), sentAt(5, { sentAt: 6 }), sentAt(5, { sentAt: null })]).toEqual([7, 5, 6, 7])
})

test('two tasks are equal when label, tags in order, note and time are equal', () => {
  expect(sameTask(KNOWN, { ...KNOWN, tags: ['food'] })).toBe(true)
  for (const other of [{ label: 'l' }, { tags: [] }, { note: '' }, { sentAt: 1 }]) {
    expect(sameTask(KNOWN, { ...KNOWN, ...other })).toBe(false)
  }
})
