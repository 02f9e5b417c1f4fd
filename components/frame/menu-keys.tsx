'use client'
import { useEffect } from 'react'
import { menuTarget } from './menu-target'

const openMenus = () => document.querySelectorAll<HTMLDetailsElement>('details[data-menu][open]')

/**
 * Moves through a <details data-menu> by arrow keys, Home and End. Closes it on Escape, on a choice, and when the
 * pointer or the focus goes elsewhere. Menus open without JavaScript. Escape also closes the <details data-drawer>
 * that contains the focus, and moves the focus to its summary.
 */
export function MenuKeys() {
  useEffect(() => {
    document.addEventListener('pointerdown', closeOthers)
    document.addEventListener('focusin', closeOthers)
    document.addEventListener('click', closeChosen)
    document.addEventListener('keydown', onKey)
    return () => {
      document.removeEventListener('pointerdown', closeOthers)
      document.removeEventListener('focusin', closeOthers)
      document.removeEventListener('click', closeChosen)
      document.removeEventListener('keydown', onKey)
    }
  }, [])
  return null
}

function closeOthers({ target }: Event) {
  for (const menu of openMenus()) if (!(target instanceof Node && menu.contains(target))) menu.open = false
}

function closeChosen(event: Event) {
  closeOthers(event)
  const { target } = event
  const chosen = target instanceof Element && target.closest('a, [data-chosen]')
  if (chosen) for (const menu of openMenus()) menu.open = false
}

function onKey(event: KeyboardEvent) {
  if (event.isComposing || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey)
    return
  if (event.key === 'Escape') closeByKey()
  else moveByKey(event)
}

/** Leaves one thing at a time, the innermost first. A dialog is left by the browser. */
function closeByKey() {
  const { activeElement } = document
  if (document.querySelector('dialog:modal')) return
  const hint = activeElement?.closest('.hint')
  if (hint && activeElement instanceof HTMLElement) return activeElement.blur()
  const menu = [...openMenus()].at(-1)
  if (menu) return closeToSummary(menu)
  const drawer = activeElement?.closest<HTMLDetailsElement>('details[data-drawer][open]')
  if (drawer) closeToSummary(drawer)
}

function closeToSummary(details: HTMLDetailsElement) {
  details.open = false
  details.querySelector('summary')?.focus()
}

function moveByKey(event: KeyboardEvent) {
  const { target, key } = event
  const menu = target instanceof HTMLElement && target.closest<HTMLDetailsElement>('details[data-menu]')
  if (!menu) return
  const items = [...menu.querySelectorAll<HTMLElement>('.menu-item')]
  const from = items.indexOf(target)
  if (from === -1 && target.tagName !== 'SUMMARY') return
  const next = menuTarget(key, from, items.length)
  if (next === null) return
  event.preventDefault()
  menu.open = true
  items[next]?.focus()
}
