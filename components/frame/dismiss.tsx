'use client'
import { useEffect } from 'react'

/** Menus are <details data-menu> and open without JavaScript; this closes them by Escape, a click outside or a choice. */
export function Dismiss() {
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
      if (document.activeElement instanceof HTMLElement && document.activeElement.closest('.hint')) {
        document.activeElement.blur()
      }
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
