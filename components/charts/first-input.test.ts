import { expect, test } from 'vitest'
import { onFirstInput } from './first-input'

test('runs once, on the first input', () => {
  const page = new EventTarget()
  let runs = 0
  onFirstInput(page, () => runs++)
  page.dispatchEvent(new Event('load'))
  expect(runs).toBe(0)
  page.dispatchEvent(new Event('pointermove'))
  page.dispatchEvent(new Event('keydown'))
  expect(runs).toBe(1)
})

test('does not run after it was stopped', () => {
  const page = new EventTarget()
  let runs = 0
  const stop = onFirstInput(page, () => runs++)
  stop()
  page.dispatchEvent(new Event('scroll'))
  expect(runs).toBe(0)
})
