'use client'
import { ApiError, post } from '@/lib/browser/api'
import { signIn } from '@/lib/browser/session'
import { PATHS } from '@/lib/contract/paths'
import type access from '@/messages/en/access.json'
import { type ErrorTexts, Form, Input, type Refusal } from './form'

interface Props {
  texts: typeof access
  errors: ErrorTexts
  /** The one-time token from the address, or ''. */
  token: string
}

const FIELDS = ['token', 'name', 'email', 'password'] as const
const LEAST_PASSWORD = 12

export function SetupForm({ texts, errors, token }: Props) {
  const { setup: t } = texts
  const refusal = (error: unknown) => refusalOf(error, texts, errors)
  return (
    <Form
      label={t.submit}
      busyLabel={t.busy}
      note={t.after}
      submit={async (fields) => {
        try {
          await post('/api/v1/setup', fields)
        } catch (error) {
          return refusal(error)
        }
        // The account exists now. If the automatic sign-in fails, the person can sign in on the sign-in page.
        await signIn(fields.email ?? '', fields.password ?? '').catch(() => null)
        location.assign(PATHS.overview)
        return null
      }}
    >
      {(refused) => (
        <>
          {token ? (
            <input type="hidden" name="token" value={token} />
          ) : (
            <Input
              name="token"
              label={t.token}
              hint={t.tokenHint}
              autoComplete="off"
              autoFocus
              invalid={refused?.field === 'token'}
            />
          )}
          <Input
            name="name"
            label={t.name}
            autoComplete="name"
            autoFocus={token !== ''}
            invalid={refused?.field === 'name'}
          />
          <Input
            name="email"
            type="email"
            label={t.email}
            autoComplete="username"
            invalid={refused?.field === 'email'}
          />
          <Input
            name="password"
            type="password"
            label={t.password}
            hint={t.passwordHint}
            autoComplete="new-password"
            minLength={LEAST_PASSWORD}
            showLabel={texts.show}
            invalid={refused?.field === 'password'}
          />
        </>
      )}
    </Form>
  )
}

/** Returns what to correct: the token, the password or another field. */
export function refusalOf(error: unknown, { setup: t }: typeof access, errors: ErrorTexts): Refusal {
  if (!(error instanceof ApiError)) return errors.internal
  const { code } = error
  if (code === 'not_found') return { title: t.taken, detail: '' }
  const field = FIELDS.find((name) => name === error.field)
  if (field === 'token') return { ...t.badToken, field }
  if (field === 'password') return { ...t.badPassword, field }
  if (!field) return errors[code]
  return { title: errors[code].title, detail: t.field.replace('{field}', t[field]), field }
}
