'use client'
import { useEffect, useState } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { minute } from '@/components/i18n/time'
import { useViewerZone } from '@/components/i18n/viewer-zone'
import { ApiError } from '@/lib/browser/api'
import { acceptInvitation, openInvitation } from '@/lib/browser/people'
import { signIn } from '@/lib/browser/session'
import type { OpenInvitationReply } from '@/lib/contract/access/people'
import { PATHS } from '@/lib/contract/paths'
import type access from '@/messages/en/access.json'
import { type ErrorTexts, Form, Input, type Refusal } from './form'

const LEAST_PASSWORD = 12

interface Props {
  texts: typeof access
  errors: ErrorTexts
  locale: Locale
}

type State =
  | { step: 'reading' }
  | { step: 'refused'; why: Refusal }
  | { step: 'open'; secret: string; link: OpenInvitationReply }

/** Uses an invitation. Its secret is in the fragment of the address, which browsers send to no server. */
export function AcceptForm({ texts, errors, locale }: Props) {
  const { invite: t } = texts
  const [state, setState] = useState<State>({ step: 'reading' })
  useEffect(() => {
    const secret = location.hash.slice(1)
    if (secret === '') return setState({ step: 'refused', why: t.incomplete })
    openInvitation(secret).then(
      (link) => setState({ step: 'open', secret, link }),
      (error: unknown) => setState({ step: 'refused', why: refusalOf(error, texts, errors) }),
    )
  }, [t, texts, errors])
  if (state.step === 'open') return <OpenForm {...state} texts={texts} errors={errors} locale={locale} />
  return (
    <>
      <h1 className="text-20 font-semibold">{state.step === 'refused' ? state.why.title : t.title}</h1>
      <p role="status" className="mt-2 min-h-30 text-second">
        {state.step === 'refused' ? state.why.detail : t.reading}
      </p>
    </>
  )
}

function OpenForm({ secret, link, texts, errors, locale }: Props & { secret: string; link: OpenInvitationReply }) {
  const { invite: t } = texts
  const reset = link.kind === 'reset'
  const zone = useViewerZone() ?? 'UTC'
  const submit = async ({ name, password = '' }: Record<string, string>): Promise<Refusal | null> => {
    try {
      const { email } = await acceptInvitation({ secret, password, ...(reset ? {} : { name }) })
      // The password is set now. If the sign-in needs more, the sign-in page asks for it.
      await signIn(email, password).catch(() => null)
    } catch (error) {
      return refusalOf(error, texts, errors)
    }
    location.assign(PATHS.overview)
    return null
  }
  return (
    <>
      <h1 className="text-20 font-semibold">{reset ? t.resetTitle : t.title}</h1>
      <p className="mt-2 break-words">{t.for.replace('{email}', link.email)}</p>
      <p className="mt-1 mb-5 text-13 text-second">{t.until.replace('{time}', minute(link.expiresAt, zone, locale))}</p>
      <Form
        label={reset ? t.resetSubmit : t.submit}
        busyLabel={t.busy}
        note={reset ? t.resetAfter : t.after}
        submit={submit}
      >
        {(refused) => (
          <>
            <input type="hidden" name="username" autoComplete="username" value={link.email} readOnly />
            {!reset && (
              <Input name="name" label={t.name} autoComplete="name" autoFocus invalid={refused?.field === 'name'} />
            )}
            <Input
              name="password"
              type="password"
              label={reset ? t.newPassword : t.password}
              hint={t.passwordHint}
              autoComplete="new-password"
              minLength={LEAST_PASSWORD}
              showLabel={texts.show}
              invalid={refused?.field === 'password'}
            />
          </>
        )}
      </Form>
    </>
  )
}

/** Returns what to correct, or why the link can't be used. */
export function refusalOf(error: unknown, { invite: t, setup }: typeof access, errors: ErrorTexts): Refusal {
  if (!(error instanceof ApiError)) return errors.internal
  if (error.code === 'not_found') return t.invalid
  if (error.code === 'conflict') return { title: t.taken, detail: '' }
  if (error.field === 'name') return { ...t.badName, field: 'name' }
  if (error.field === 'password') return { ...setup.badPassword, field: 'password' }
  return errors[error.code]
}
