/** The chart and whatever scrolls sideways use the arrows themselves. */
const TAKES_ARROWS = '[role="application"], [role="slider"], [role="tablist"], [tabindex="0"], table'

/** Returns the link that a key follows on this page: one with its code in `data-key`. Null without one. */
export function linkOfKey({ code, shiftKey, target }: KeyboardEvent): HTMLAnchorElement | null {
  if (shiftKey || !/^(Key[A-Z]|Arrow(Left|Right))$/.test(code)) return null
  if (code.startsWith('Arrow') && target instanceof Element && target.closest(TAKES_ARROWS)) return null
  return document.querySelector<HTMLAnchorElement>(`a[data-key="${code}"]`)
}
