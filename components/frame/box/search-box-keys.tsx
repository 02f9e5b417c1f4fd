'use client'
import { useEffect } from 'react'
import { isSingleKey } from '@/components/frame/keys/single-key'

/** Focuses the search box on ⌘K, Ctrl-K and /, leaves it on Escape, and sends it by POST on Enter. The forms also work without this. */
export function SearchBoxKeys() {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target, code, ctrlKey, metaKey, altKey, shiftKey } = event
      if (event.isComposing || event.defaultPrevented || altKey || !(target instanceof HTMLElement)) return
      if (event.key === 'Escape' && 'searchField' in target.dataset) return target.blur()
      if (code === 'KeyK' ? ctrlKey !== metaKey && !shiftKey : isSlash(event) && isSingleKey(event)) {
        const boxes = [...document.querySelectorAll<HTMLInputElement>('[data-search-field]')]
        const box = boxes.find((one) => one.offsetParent !== null)
        if (!box) return
        event.preventDefault()
        box.focus()
        box.select()
      } else if (
        event.key === 'Enter' &&
        !shiftKey &&
        target instanceof HTMLTextAreaElement &&
        target.form?.dataset.searchBox
      ) {
        event.preventDefault()
        target.form.requestSubmit()
      }
    }
    const onSubmit = (event: SubmitEvent) => {
      if (!(event.target instanceof HTMLFormElement) || !event.target.dataset.searchBox) return
      event.preventDefault()
      send(event.target)
    }
    document.addEventListener('keydown', onKey)
    document.addEventListener('submit', onSubmit)
    return () => {
      document.removeEventListener('keydown', onKey)
      document.removeEventListener('submit', onSubmit)
    }
  }, [])
  return null
}

/** Some keyboards write it with Shift, and Chinese input writes another sign. The same key with Shift is often `?`. */
function isSlash({ key, code, shiftKey }: KeyboardEvent): boolean {
  return key === '/' || (code === 'Slash' && !shiftKey && key !== '?')
}

/** Loads the sending code when it is needed, because every page loads this file. */
async function send(form: HTMLFormElement) {
  try {
    const { lookUpText } = await import('@/lib/browser/look-up-text')
    location.assign(await lookUpText(form.dataset.searchBox ?? '', new FormData(form)))
  } catch {
    const alert = form.querySelector('[role=alert]')
    if (alert) alert.textContent = form.dataset.failed ?? ''
  }
}
