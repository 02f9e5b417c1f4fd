'use client'
import { useEffect } from 'react'

/**
 * Menus are <details data-menu> and open without JavaScript; this closes them by Escape, a click outside or a choice.
 * Escape also closes the <details data-drawer> one is in, and leaves one at its line.
 */
export function MenuKeys() {
  useEffect(() => {
    const open = () => document.querySelectorAll<HTMLDetailsElement>('details[data-menu][open]')
    const onPointer = (event: Event) => {
      for (const menu of open()) {
        const inside = event.target instanceof Node && menu.contains(event.target)
        const chosen =
          event.type === 'click' && event.target instanceof Element && event.target.closest('a, [data-chosen]')
        if (!inside || chosen) menu.open = false
      }
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing) return
      for (const menu of open()) {
        menu.open = false
        menu.querySelector('summary')?.focus()
      }
      const { activeElement } = document
      const drawer = activeElement?.closest<HTMLDetailsElement>('details[data-drawer][open]')
      if (drawer) {
        drawer.open = false
        drawer.querySelector('summary')?.focus()
      }
      if (activeElement instanceof HTMLElement && activeElement.closest('.hint')) activeElement.blur()
    }
    document.addEventListener('pointerdown', onPointer)
    document.addEventListener('click', onPointer)
    document.addEventListener('keydown', onKey)
    return () => {
      document.removeEventListener('pointerdown', onPointer)
      document.removeEventListener('click', onPointer)
      document.removeEventListener('keydown', onKey)
    }
  }, [])
  return null
}
