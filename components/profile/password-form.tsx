'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useRef } from 'react'
import { createWords, type Words } from '@/components/i18n/words'
import { Field } from '@/components/ui/field'
import { useHydrated } from '@/components/ui/hydrated'
import { errorCodeOf, errorFieldOf } from '@/lib/browser/api'
import { changePassword } from '@/lib/browser/profile'
import type { PasswordBody } from '@/lib/contract/access/profile'
import type { Texts } from './texts'

const LEAST_PASSWORD = 12
const PASSWORD = { type: 'password', required: true, maxLength: 256, height: 'max-sm:min-h-11' } as const

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
      <Field
        {...PASSWORD}
        name="current"
        label={t('profile.password.current')}
        autoComplete="current-password"
        invalid={field === 'current'}
      />
      <Field
        {...PASSWORD}
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
