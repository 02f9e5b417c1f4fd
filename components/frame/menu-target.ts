/**
 * Returns the index of the menu item that a key moves to; null for other keys. `from` is -1 on the button of the menu.
 * Home and End stay with the page until the focus is in the menu.
 */
export function menuTarget(key: string, from: number, count: number): number | null {
  if (count === 0) return null
  if (key === 'ArrowDown') return (from + 1) % count
  if (key === 'ArrowUp') return from <= 0 ? count - 1 : from - 1
  if (from === -1) return null
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : null
}
