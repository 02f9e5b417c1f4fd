'use client'
import { type ComponentType, useMemo, useState } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { useHydrated } from '@/components/ui/hydrated'
import type { ShareOffer } from './dialog/draft'
import type { ShareDialogProps } from './dialog/share-dialog'

interface Props {
  offer: ShareOffer
  label: string
  locale: Locale
  messages: Partial<Messages>
}

/** Opens the dialog. Its script is loaded when it is wanted. */
export function ShareOpener({ offer, label, locale, messages }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const hydrated = useHydrated()
  const [isOpen, setOpen] = useState(false)
  const [Dialog, setDialog] = useState<ComponentType<ShareDialogProps> | null>(null)
  const open = () => {
    setOpen(true)
    import('./dialog/share-dialog').then(
      ({ ShareDialog }) => setDialog(() => ShareDialog),
      () => setOpen(false),
    )
  }
  return (
    <>
      <button
        type="button"
        className="button no-print needs-script max-sm:min-h-11"
        aria-haspopup="dialog"
        disabled={!hydrated}
        onClick={open}
      >
        {label}
      </button>
      {isOpen && Dialog && <Dialog offer={offer} onClose={() => setOpen(false)} words={words} />}
    </>
  )
}
