'use client'
import { useEffect } from 'react'
import { ApiError, post } from '@/lib/browser/api'
import { remember } from '@/lib/browser/recent'
import type { BoxReply } from '@/lib/contract/box'

/** The server refuses more, with a sentence. */
const MOST = 20_001

/** ⌘K, Ctrl-K and / lead to the box; Enter sends it, by POST and not as an address. Forms work without this. */
export function BoxKeys() {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target, code, ctrlKey, metaKey, altKey, shiftKey } = event
      if (event.isComposing || event.defaultPrevented || altKey || shiftKey || !(target instanceof HTMLElement)) return
      const typing = target.closest('input, textarea, select')
      if (code === 'KeyK' ? ctrlKey !== metaKey : code === 'Slash' && !ctrlKey && !metaKey && !typing) {
        const boxes = [...document.querySelectorAll<HTMLInputElement>('[data-box-field]')]
        const box = boxes.find((one) => one.offsetParent !== null)
        if (!box) return
        event.preventDefault()
        box.focus()
        box.select()
      } else if (event.key === 'Enter' && target instanceof HTMLTextAreaElement && target.form?.dataset.box) {
        event.preventDefault()
        target.form.requestSubmit()
      }
    }
    const onSubmit = (event: SubmitEvent) => {
      if (!(event.target instanceof HTMLFormElement) || !event.target.dataset.box) return
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

async function send(form: HTMLFormElement) {
  const fields = [...new FormData(form)].filter(([name]) => name !== 'app')
  const parts = fields.map(([name, value]) =>
    name === 'q' ? value : `${name}: "${String(value).replaceAll('"', '')}"`,
  )
  const text = parts.join('\n').slice(0, MOST)
  try {
    const reply = await post<BoxReply>(`/api/v1/apps/${form.dataset.box}/traces/box`, { text })
    remember(reply, Date.now())
    location.assign(reply.href)
  } catch (error) {
    if (error instanceof ApiError && error.code === 'not_signed_in') location.assign('/sign-in')
    const said = form.querySelector('[role=alert]')
    if (said) said.textContent = form.dataset.failed ?? ''
  }
}
