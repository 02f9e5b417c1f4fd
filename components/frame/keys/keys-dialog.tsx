import { useEffect, useRef } from 'react'
import type { Words } from '@/components/i18n/words'
import { KeysSwitch } from './keys-switch'

const KEYS = [
  ['D', 'today'],
  ['W', 'week'],
  ['T', 'month'],
  ['←', 'earlier'],
  ['→', 'later'],
  ['X', 'compare'],
  ['N', 'note'],
  ['/', 'search'],
  ['?', 'help'],
  ['Esc', 'escape'],
] as const

/** Lists the shortcuts, and switches those of a single key on and off. */
export function KeysDialog({ words, onClose }: { words: Words; onClose(): void }) {
  const { t } = words
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="note-dialog space-y-4" aria-labelledby="keys-title" onClose={onClose}>
      <div className="flex items-center justify-between gap-4">
        <h2 id="keys-title" className="text-16 font-semibold">
          {t('keys.title')}
        </h2>
        <button type="button" className="button" onClick={() => dialog.current?.close()}>
          {t('keys.close')}
        </button>
      </div>
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-1.5 text-13">
        {KEYS.map(([key, name]) => (
          <div key={name} className="contents">
            <dt>
              <kbd className="inline-block min-w-7 rounded-4 border border-line bg-sunk px-1.5 text-center font-mono text-12">
                {key}
              </kbd>
            </dt>
            <dd>{t(`keys.${name}`)}</dd>
          </div>
        ))}
      </dl>
      <KeysSwitch initial={document.documentElement.dataset.keys === 'off' ? 'off' : 'on'} words={words} />
    </dialog>
  )
}
