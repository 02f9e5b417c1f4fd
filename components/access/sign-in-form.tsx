'use client'
import { useState } from 'react'
import { errorCodeOf } from '@/lib/browser/api'
import { signIn } from '@/lib/browser/session'
import type access from '@/messages/en/access.json'
import { type ErrorTexts, Form, Input, type Refusal } from './form'

interface Props {
  texts: typeof access
  errors: ErrorTexts
  /** The path to open after sign-in. It belongs to this server. */
  next: string
}

/** Asks for e-mail and password, and then for a code where the person has a second factor. */
export function SignInForm({ texts, errors, next }: Props) {
  const { signIn: t } = texts
  const [asksCode, setAsksCode] = useState(false)
  async function submit({ email = '', password = '', code = '' }: Record<string, string>): Promise<Refusal | null> {
    try {
      await signIn(email.trim(), password, code.trim())
      location.assign(next)
      return null
    } catch (error) {
      const refused = errorCodeOf(error) ?? 'internal'
      setAsksCode(refused === 'code_needed' || (asksCode && refused !== 'bad_credentials'))
      return { ...errors[refused], isQuestion: refused === 'code_needed' }
    }
  }
  return (
    <Form label={t.submit} busyLabel={t.busy} note={t.forgot} submit={submit}>
      {(refused) => (
        <>
          <div hidden={asksCode} className="space-y-4">
            <Input
              name="email"
              type="email"
              label={t.email}
              autoComplete="username"
              autoFocus
              invalid={refused !== null && !asksCode}
            />
            <Input
              name="password"
              type="password"
              label={t.password}
              autoComplete="current-password"
              showLabel={texts.show}
              invalid={refused !== null && !asksCode}
            />
          </div>
          {asksCode && (
            <>
              <Input
                name="code"
                label={t.code}
                hint={t.codeHint}
                autoComplete="one-time-code"
                autoFocus
                invalid={refused !== null && !refused.isQuestion}
              />
              <button type="button" className="link text-13" onClick={() => setAsksCode(false)}>
                {t.back}
              </button>
            </>
          )}
        </>
      )}
    </Form>
  )
}
