'use client'
import { useEffect, useState } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { KeysDialog } from './keys-dialog'
import { linkOfKey } from './link-of-key'
import { isSingleKey } from './single-key'

export interface PageKeysProps {
  locale: Locale
  messages: Partial<Messages>
}

/** Chinese input writes a wide question mark. */
const isHelp = ({ key }: KeyboardEvent) => key === '?' || key === '？'

/**
 * Follows the link of the page that carries a pressed key (`data-key`), so that the address is the link's and the back
 * button returns. `?` lists the keys.
 */
export function PageKeys({ locale, messages }: PageKeysProps) {
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isSingleKey(event)) return
      const link = linkOfKey(event)
      if (!isHelp(event) && !link) return
      event.preventDefault()
      if (link) link.click()
      else setOpen(true)
    }
    document.addEventListener('keydown', onKey)
    // Tests wait for it: before, a key does nothing.
    document.documentElement.dataset.keysReady = ''
    return () => {
      document.removeEventListener('keydown', onKey)
      delete document.documentElement.dataset.keysReady
    }
  }, [])
  return isOpen && <KeysDialog words={createWords(locale, messages)} onClose={() => setOpen(false)} />
}
