'use client'
import { ApiError } from '@/lib/browser/api'
import { signIn } from '@/lib/browser/session'
import type access from '@/messages/en/access.json'
import { type ErrorTexts, Form, Input } from './form'

interface Props {
  texts: typeof access
  errors: ErrorTexts
  /** The path to open after sign-in. It belongs to this server. */
  next: string
}

export function SignInForm({ texts, errors, next }: Props) {
  const { signIn: t } = texts
  return (
    <Form
      label={t.submit}
      busyLabel={t.busy}
      note={t.forgot}
      submit={async ({ email = '', password = '' }) => {
        try {
          await signIn(email.trim(), password)
          location.assign(next)
          return null
        } catch (error) {
          return errors[error instanceof ApiError ? error.code : 'internal']
        }
      }}
    >
      {(refused) => (
        <>
          <Input
            name="email"
            type="email"
            label={t.email}
            autoComplete="username"
            autoFocus
            invalid={refused !== null}
          />
          <Input
            name="password"
            type="password"
            label={t.password}
            autoComplete="current-password"
            showLabel={texts.show}
            invalid={refused !== null}
          />
        </>
      )}
    </Form>
  )
}
