'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useMemo, useState } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { useHydrated } from '@/components/ui/hydrated'
import { errorCodeOf } from '@/lib/browser/api'
import { createToken } from '@/lib/browser/tokens'
import type { CreatedTokenReply } from '@/lib/contract/access/tokens'
import type { ErrorCode } from '@/lib/contract/errors'
import { MAX_TOKEN_NAME } from '@/lib/contract/limits'
import { ROLES, type Role } from '@/lib/contract/roles'
import { type AppChoice, AppsChoice, chosenApps } from './apps-choice'
import { NewToken } from './new-token'

const EXPIRIES = ['30', '90', '180', '365', 'never'] as const

interface Props {
  apps: AppChoice[]
  locale: Locale
  messages: Partial<Messages>
}

/** Creates a token and shows its text once, in the place of the form. */
export function CreateToken({ apps, locale, messages }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const { t } = words
  const router = useRouter()
  const hydrated = useHydrated()
  const [state, setState] = useState<'form' | 'busy' | { created: CreatedTokenReply }>('form')
  const [failure, setFailure] = useState<ErrorCode | 'no_apps' | null>(null)
  if (typeof state === 'object')
    return <NewToken created={state.created} words={words} close={() => setState('form')} />
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const chosen = chosenApps(fields)
    if (chosen.length === 0) return setFailure('no_apps')
    const expires = String(fields.get('expires'))
    setState('busy')
    setFailure(null)
    try {
      const created = await createToken({
        name: String(fields.get('name')),
        role: String(fields.get('role')) as Role,
        apps: chosen,
        expiresInDays: expires === 'never' ? null : Number(expires),
      })
      setState({ created })
      router.refresh()
    } catch (error) {
      setFailure(errorCodeOf(error))
      setState('form')
    }
  }
  return (
    <form
      method="post"
      className="card needs-script space-y-4 p-5 max-sm:p-4"
      onSubmit={submit}
      aria-labelledby="create-token"
    >
      <h2 id="create-token" className="text-16 font-semibold">
        {t('tokens.create.title')}
      </h2>
      <div className="grid gap-x-8 gap-y-4 md:grid-cols-2">
        <label className="block text-13 font-medium">
          {t('tokens.create.name')}
          <input
            className="field mt-1 font-normal"
            name="name"
            required
            maxLength={MAX_TOKEN_NAME}
            autoComplete="off"
            aria-describedby="token-name-hint"
          />
          <span id="token-name-hint" className="mt-1 block text-12 font-normal text-second">
            {t('tokens.create.nameHint')}
          </span>
        </label>
        <label className="block text-13 font-medium">
          {t('tokens.create.expires')}
          <select className="field mt-1 font-normal" name="expires" defaultValue="90">
            {EXPIRIES.map((value) => (
              <option key={value} value={value}>
                {t(`tokens.create.expiry.${value}`)}
              </option>
            ))}
          </select>
        </label>
        <fieldset className="space-y-1">
          <legend className="text-13 font-medium">{t('tokens.create.role')}</legend>
          {ROLES.map((role) => (
            <label key={role} className="flex min-h-8 items-baseline gap-2">
              <input
                type="radio"
                name="role"
                value={role}
                defaultChecked={role === 'viewer'}
                className="accent-accent"
              />
              <span>
                {t(`common.role.${role}`)}{' '}
                <span className="text-13 text-second">{t(`tokens.create.roleMeaning.${role}`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <AppsChoice apps={apps} words={words} />
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <button
          type="submit"
          className="button max-sm:min-h-11"
          data-kind="main"
          disabled={!hydrated || state === 'busy'}
        >
          {t(state === 'busy' ? 'tokens.create.busy' : 'tokens.create.submit')}
        </button>
        <p role="alert" className="text-13 text-bad">
          {failure && t(failure === 'no_apps' ? 'tokens.create.noApps' : `errors.${failure}.title`)}
        </p>
      </div>
    </form>
  )
}
