'use client'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import type { Words } from '@/components/i18n/words'
import { useHydrated } from '@/components/ui/hydrated'
import { errorCodeOf } from '@/lib/browser/api'
import type { ErrorCode } from '@/lib/contract/errors'

type Asked = 'password' | 'code'

interface Props {
  /** The fields that prove who is in front of the screen. */
  ask: readonly Asked[]
  codeHint?: string
  label: string
  danger?: boolean
  submit: (given: Record<Asked, string>) => Promise<void>
  onCancel?: () => void
  words: Words
  children?: ReactNode
}

/** Asks for a password or a code before a change. The form stays, with a reason, until the change was accepted. */
export function ProofForm({ ask, codeHint, label, danger, submit, onCancel, words: { t }, children }: Props) {
  const id = useId()
  const hydrated = useHydrated()
  const [state, setState] = useState<'typing' | 'busy' | { refused: ErrorCode }>('typing')
  const refused = typeof state === 'object' ? state.refused : null
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = event.currentTarget
    const read = (name: Asked) => String(new FormData(form).get(name) ?? '')
    setState('busy')
    try {
      await submit({ password: read('password'), code: read('code').trim() })
    } catch (error) {
      setState({ refused: errorCodeOf(error) ?? 'internal' })
      // A used or wrong code is never right later. The next one is typed into an empty field.
      form.querySelector<HTMLInputElement>('[name="code"]')?.select()
    }
  }
  return (
    <form method="post" className="needs-script max-w-100 space-y-3" onSubmit={send}>
      {children}
      {ask.map((name, i) => (
        <div key={name}>
          <label htmlFor={`${id}-${name}`} className="block text-13 font-medium">
            {t(`second-factor.${name}`)}
          </label>
          <input
            id={`${id}-${name}`}
            name={name}
            type={name === 'password' ? 'password' : 'text'}
            autoComplete={name === 'password' ? 'current-password' : 'one-time-code'}
            className={`field mt-1 min-h-10 ${name === 'code' ? 'font-mono tracking-widest' : ''}`}
            required
            maxLength={name === 'password' ? 256 : 64}
            autoCapitalize="none"
            spellCheck={false}
            // biome-ignore lint/a11y/noAutofocus: The person has just opened this form by a button.
            autoFocus={i === 0}
            aria-invalid={refused !== null || undefined}
            aria-describedby={name === 'code' ? `${id}-hint ${id}-state` : `${id}-state`}
          />
          {name === 'code' && (
            <p id={`${id}-hint`} className="mt-1 text-12 text-second">
              {codeHint ?? t('second-factor.codeHint')}
            </p>
          )}
        </div>
      ))}
      <div className="flex flex-wrap gap-2">
        <button
          type="submit"
          className={`button max-sm:min-h-11 ${danger ? 'border-bad text-bad' : ''}`}
          data-kind={danger ? undefined : 'main'}
          disabled={!hydrated || state === 'busy'}
        >
          {state === 'busy' ? t('second-factor.busy') : label}
        </button>
        {onCancel && (
          <button type="button" className="button max-sm:min-h-11" onClick={onCancel}>
            {t('second-factor.cancel')}
          </button>
        )}
      </div>
      <div id={`${id}-state`} role="alert" className="min-h-10 text-13">
        {refused === 'bad_credentials' && <p className="text-bad">{t('second-factor.passwordWrong')}</p>}
        {refused && refused !== 'bad_credentials' && (
          <>
            <p className="font-semibold text-bad">{t(`errors.${refused}.title`)}</p>
            <p>{t(`errors.${refused}.detail`)}</p>
          </>
        )}
      </div>
    </form>
  )
}
