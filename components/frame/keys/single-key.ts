/** Something that takes keys itself. */
const TAKES_KEYS = 'input, textarea, select, dialog, [contenteditable], details[data-menu][open]'

/**
 * Tells whether a key press may be a shortcut of the page: a single key, while nothing else takes keys, nobody composes
 * (Chinese, Korean), and the shortcuts are on. Shift is not checked, because `?` needs it on most keyboards.
 */
export function isSingleKey(event: KeyboardEvent): boolean {
  const { target, isComposing, defaultPrevented, repeat, ctrlKey, metaKey, altKey } = event
  if (isComposing || defaultPrevented || repeat || ctrlKey || metaKey || altKey) return false
  if (document.documentElement.dataset.keys === 'off' || document.querySelector('dialog:modal')) return false
  return target instanceof HTMLElement && target.closest(TAKES_KEYS) === null
}
