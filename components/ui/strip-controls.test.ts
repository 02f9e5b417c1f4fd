import { expect, test } from 'vitest'
import { stripControls } from './strip-controls'

test('keeps letters and removes control characters', () => {
  expect(stripControls('Redmi 9\u202e3gnp.exe')).toBe('Redmi 93gnp.exe')
  expect(stripControls('a\u0000b\u001b[31mc\u2066d\u200be')).toBe('ab[31mcde')
  expect(stripControls('kim👩‍👩‍👧\u200e ❤️ می‌خواهم')).toBe('kim👩‍👩‍👧 ❤️ می‌خواهم')
  expect(stripControls('小米 13\n샤오미\tx <b>')).toBe('小米 13\n샤오미\tx <b>')
})
