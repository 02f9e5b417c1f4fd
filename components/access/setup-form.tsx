'use client'
import { useEffect, useState } from 'react'
import { ApiError, post } from '@/lib/browser/api'
import { signIn } from '@/lib/browser/session'
import { PATHS } from '@/lib/contract/paths'
import type access from '@/messages/en/access.json'
import { type ErrorTexts, Form, Input, type Refusal } from './form'

interface Props {
  texts: typeof access
  errors: ErrorTexts
}

const FIELDS = ['token', 'name', 'email', 'password'] as const
const LEAST_PASSWORD = 12

/** Renders the form of the first administrator. The link in the log carries the token in its fragment. */
export function SetupForm({ texts, errors }: Props) {
  const { setup: t } = texts
  const token = useTokenOfAddress()
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
          <TokenField token={token} texts={texts} refused={refused} />
          <Input name="name" label={t.name} autoComplete="name" invalid={refused?.field === 'name'} />
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

/** Returns the token of the address, or ''. Removes it from the address, so that no history or screenshot shows it. */
function useTokenOfAddress(): string {
  const [token, setToken] = useState('')
  useEffect(() => {
    const read = () => {
      const given = location.hash.slice(1)
      if (given === '') return
      setToken(given)
      history.replaceState(null, '', location.pathname)
    }
    read()
    // The link may be opened where this page is already open, which loads nothing.
    addEventListener('hashchange', read)
    return () => removeEventListener('hashchange', read)
  }, [])
  return token
}

/** Asks for the token of the log, unless the address had one. A wrong one can be corrected. */
export function TokenField({
  token,
  texts,
  refused,
}: Pick<Props, 'texts'> & { token: string; refused: Refusal | null }) {
  const invalid = refused?.field === 'token'
  if (token !== '' && !invalid) return <input type="hidden" name="token" value={token} />
  const { token: label, tokenHint } = texts.setup
  return <Input name="token" label={label} hint={tokenHint} autoComplete="off" autoFocus invalid={invalid} />
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
