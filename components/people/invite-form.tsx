'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { createWords, type Words } from '@/components/i18n/words'
import { useHydrated } from '@/components/ui/hydrated'
import { errorCodeOf, errorFieldOf } from '@/lib/browser/api'
import { invite } from '@/lib/browser/people'
import { INVITATION_DAYS } from '@/lib/contract/limits'
import { EVERY_APP } from '@/lib/contract/roles'
import { NewLink } from './new-link'
import { grantsOfForm, RoleFields, RoleMeanings } from './role-fields'
import type { AppChoice, Texts } from './texts'

const DAYS = [1, 3, INVITATION_DAYS.usual, 14, INVITATION_DAYS.longest]
const USUAL_ROLE = [{ app: EVERY_APP, role: 'viewer' as const }]

/** Makes the link by which somebody joins. */
export function InviteForm({ apps, tz, locale, messages }: Texts & { apps: AppChoice[]; tz: string }) {
  const words = createWords(locale, messages)
  const { t } = words
  const router = useRouter()
  const hydrated = useHydrated()
  const [lacksRole, setLacksRole] = useState(false)
  const { mutate, isPending, data, error } = useMutation({ mutationFn: invite, onSuccess: () => router.refresh() })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const grants = grantsOfForm(form)
    setLacksRole(grants.length === 0)
    if (grants.length === 0) return
    mutate({ email: String(form.get('email') ?? ''), grants, days: Number(form.get('days')) })
  }
  const problem = lacksRole ? t('people.roles.pick') : error && problemOf(error, words)
  return (
    <div className="space-y-4">
      <form method="post" className="space-y-4" onSubmit={submit}>
        <EmailField invalid={errorFieldOf(error) === 'email'} words={words} />
        <fieldset className="sm:max-w-110">
          <legend className="mb-1 text-13 font-medium">{t('people.roles.title')}</legend>
          <RoleFields id="invite" grants={USUAL_ROLE} apps={apps} words={words} />
        </fieldset>
        <RoleMeanings words={words} />
        <label className="block text-13 font-medium">
          {t('people.invite.days')}
          <select
            name="days"
            defaultValue={INVITATION_DAYS.usual}
            className="field mt-1 w-44! font-normal max-sm:min-h-11"
          >
            {DAYS.map((n) => (
              <option key={n} value={n}>
                {t('people.invite.daysOption', { n })}
              </option>
            ))}
          </select>
        </label>
        <div className="flex flex-wrap items-center gap-3">
          <button
            type="submit"
            className="button min-h-9 max-sm:min-h-11"
            data-kind="main"
            disabled={!hydrated || isPending}
          >
            {t(isPending ? 'people.invite.busy' : 'people.invite.submit')}
          </button>
          <p role="alert" className="text-13 text-bad empty:hidden">
            {problem}
          </p>
        </div>
      </form>
      {data && !error && <NewLink made={data} tz={tz} words={words} />}
    </div>
  )
}

function EmailField({ invalid, words: { t } }: { invalid: boolean; words: Words }) {
  return (
    <div className="sm:max-w-110">
      <label htmlFor="invite-email" className="block text-13 font-medium">
        {t('people.invite.email')}
      </label>
      <input
        id="invite-email"
        name="email"
        type="email"
        required
        maxLength={254}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        aria-describedby="invite-email-hint"
        aria-invalid={invalid || undefined}
        className="field mt-1 max-sm:min-h-11"
      />
      <p id="invite-email-hint" className="mt-1 text-12 text-second">
        {t('people.invite.emailHint')}
      </p>
    </div>
  )
}

function problemOf(error: unknown, { t }: Words): string {
  const code = errorCodeOf(error) ?? 'internal'
  if (code === 'conflict') return t('people.taken')
  return errorFieldOf(error) === 'email' ? t('people.badEmail') : t(`errors.${code}.title`)
}
