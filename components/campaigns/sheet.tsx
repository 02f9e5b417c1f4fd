'use client'
import { useRouter } from 'next/navigation'
import { type ReactNode, useLayoutEffect, useRef } from 'react'

interface Props {
  title: string
  close: string
  /** The page without this dialog. */
  back: string
  children: ReactNode
}

/**
 * Shows a part of the page as a dialog. The address says that it is open, so the back button closes it. Without
 * JavaScript it is a section of the page.
 */
export function Sheet({ title, close, back, children }: Props) {
  const router = useRouter()
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const element = dialog.current
    if (!element) return
    // It arrives open, as a section. Only a closed dialog can become a modal one, and close() would go back.
    element.removeAttribute('open')
    element.showModal()
  }, [])
  return (
    <dialog
      ref={dialog}
      open
      className="sheet"
      aria-labelledby="sheet-title"
      onClose={() => router.push(back, { scroll: false })}
    >
      <div className="flex items-start justify-between gap-4">
        <h2 id="sheet-title" className="text-16 font-semibold">
          {title}
        </h2>
        <button type="button" className="button needs-script" onClick={() => dialog.current?.close()}>
          {close}
        </button>
      </div>
      {children}
    </dialog>
  )
}
