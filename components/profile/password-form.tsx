'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useId, useRef } from 'react'
import { createWords, type Words } from '@/components/i18n/words'
import { useHydrated } from '@/components/ui/hydrated'
import { errorCodeOf, errorFieldOf } from '@/lib/browser/api'
import { changePassword } from '@/lib/browser/profile'
import type { PasswordBody } from '@/lib/contract/access/profile'
import type { Texts } from './texts'

const LEAST_PASSWORD = 12

/** Changes the password, which ends the person's other sessions. */
export function PasswordForm({ email, locale, messages }: Texts & { email: string }) {
  const words = createWords(locale, messages)
  const { t } = words
  const router = useRouter()
  const form = useRef<HTMLFormElement>(null)
  const hydrated = useHydrated()
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: (given: PasswordBody) => changePassword(given),
    onSuccess: () => {
      form.current?.reset()
      router.refresh()
    },
  })
  const field = errorFieldOf(error)
  return (
    <form
      ref={form}
      method="post"
      className="space-y-3 sm:max-w-80"
      onSubmit={(event) => {
        event.preventDefault()
        const given = new FormData(event.currentTarget)
        mutate({ current: String(given.get('current')), password: String(given.get('password')) })
      }}
    >
      {/* Password managers file the new password under this name. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <PasswordInput
        name="current"
        label={t('profile.password.current')}
        autoComplete="current-password"
        invalid={field === 'current'}
      />
      <PasswordInput
        name="password"
        label={t('profile.password.next')}
        hint={t('profile.password.hint')}
        autoComplete="new-password"
        minLength={LEAST_PASSWORD}
        invalid={field === 'password'}
      />
      <button type="submit" className="button min-h-9 max-sm:min-h-11" disabled={!hydrated || isPending}>
        {t(isPending ? 'profile.password.busy' : 'profile.password.save')}
      </button>
      <p role="status" className={`text-13 empty:hidden ${error ? 'text-bad' : 'text-good'}`}>
        {error ? problemOf(error, words) : data && t('profile.password.done', { ended: data.ended })}
      </p>
    </form>
  )
}

function problemOf(error: unknown, { t }: Words): string {
  const field = errorFieldOf(error)
  if (field === 'current') return t('profile.password.wrong')
  if (field === 'password') return t('profile.password.weak')
  const code = errorCodeOf(error) ?? 'internal'
  return `${t(`errors.${code}.title`)}. ${t(`errors.${code}.detail`)}`
}

interface PasswordInputProps {
  name: string
  label: string
  hint?: string
  autoComplete: string
  minLength?: number
  invalid: boolean
}

function PasswordInput({ name, label, hint, invalid, ...rest }: PasswordInputProps) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="block text-13 font-medium">
        {label}
      </label>
      <input
        {...rest}
        id={id}
        name={name}
        type="password"
        required
        maxLength={256}
        aria-invalid={invalid || undefined}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="field mt-1 max-sm:min-h-11"
      />
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-12 text-second">
          {hint}
        </p>
      )}
    </div>
  )
}
