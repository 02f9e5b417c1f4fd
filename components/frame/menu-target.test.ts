import { describe, expect, test } from 'vitest'
import { menuTarget } from './menu-target'

const BUTTON = -1

describe('keys in a menu of three items', () => {
  test('arrows open it at its first or last item', () => {
    expect(menuTarget('ArrowDown', BUTTON, 3)).toBe(0)
    expect(menuTarget('ArrowUp', BUTTON, 3)).toBe(2)
  })

  test('arrows move through the items and around the ends', () => {
    expect([0, 1, 2].map((from) => menuTarget('ArrowDown', from, 3))).toEqual([1, 2, 0])
    expect([0, 1, 2].map((from) => menuTarget('ArrowUp', from, 3))).toEqual([2, 0, 1])
  })

  test('Home and End go to the ends, and scroll the page while the focus is on the button', () => {
    expect([menuTarget('Home', 2, 3), menuTarget('End', 0, 3)]).toEqual([0, 2])
    expect([menuTarget('Home', BUTTON, 3), menuTarget('End', BUTTON, 3)]).toEqual([null, null])
  })

  test('other keys do nothing', () => {
    for (const key of ['ArrowLeft', 'Enter', 'Tab', 'a']) expect(menuTarget(key, 1, 3)).toBeNull()
  })
})

test('a panel without items, such as a form, leaves the keys to its fields', () => {
  for (const key of ['ArrowDown', 'ArrowUp', 'Home', 'End']) expect(menuTarget(key, BUTTON, 0)).toBeNull()
})
