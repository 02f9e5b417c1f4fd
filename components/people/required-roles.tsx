'use client'
import { type FormEvent, useState } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { useHydrated } from '@/components/ui/hydrated'
import { errorCodeOf } from '@/lib/browser/api'
import { setRequiredRoles } from '@/lib/browser/second-factor'
import type { ErrorCode } from '@/lib/contract/errors'
import { ROLES, type Role } from '@/lib/contract/roles'

interface Props {
  roles: Role[]
  locale: Locale
  /** The namespaces common, errors and second-factor. */
  messages: Partial<Messages>
}

/** Sets for administrators which roles need two-factor authentication. */
export function RequiredRoles({ roles, locale, messages }: Props) {
  const { t } = createWords(locale, messages)
  const hydrated = useHydrated()
  const [state, setState] = useState<'typing' | 'busy' | 'saved' | { refused: ErrorCode }>('typing')
  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const chosen = new FormData(event.currentTarget).getAll('role')
    setState('busy')
    try {
      await setRequiredRoles(ROLES.filter((role) => chosen.includes(role)))
      setState('saved')
    } catch (error) {
      setState({ refused: errorCodeOf(error) ?? 'internal' })
    }
  }
  return (
    <section className="card p-5 max-sm:p-4" aria-labelledby="required-roles">
      <h2 id="required-roles" className="text-16 font-semibold">
        {t('second-factor.roles.title')}
      </h2>
      <p className="max-w-[70ch] text-second">{t('second-factor.roles.lead')}</p>
      <form method="post" className="mt-3 space-y-3" onSubmit={save} onChange={() => setState('typing')}>
        <fieldset className="flex flex-wrap gap-x-6 gap-y-1">
          <legend className="sr-only">{t('second-factor.roles.title')}</legend>
          {ROLES.toReversed().map((role) => (
            <label key={role} className="flex min-h-8 items-center gap-2 max-sm:min-h-11">
              <input
                type="checkbox"
                name="role"
                value={role}
                className="accent-accent"
                defaultChecked={roles.includes(role)}
              />
              {t(`common.role.${role}`)}
            </label>
          ))}
        </fieldset>
        <p className="text-13 text-second">{t('second-factor.roles.advice')}</p>
        <div className="flex flex-wrap items-center gap-3">
          <button type="submit" className="button max-sm:min-h-11" disabled={!hydrated || state === 'busy'}>
            {t('second-factor.roles.save')}
          </button>
          <p role="status" className={state === 'saved' ? 'text-good' : 'text-bad'}>
            {state === 'saved' && t('second-factor.roles.saved')}
            {typeof state === 'object' && t(`errors.${state.refused}.title`)}
          </p>
        </div>
      </form>
    </section>
  )
}
