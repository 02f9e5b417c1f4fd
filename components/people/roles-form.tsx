'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { createWords } from '@/components/i18n/words'
import { useHydrated } from '@/components/ui/hydrated'
import { errorCodeOf } from '@/lib/browser/api'
import { changePerson } from '@/lib/browser/people'
import type { PersonReply } from '@/lib/contract/access/people'
import { grantsOfForm, RoleFields } from './role-fields'
import type { AppChoice, Texts } from './texts'

/** Changes the roles of a person, who then has to sign in again. */
export function RolesForm({ person, apps, locale, messages }: Texts & { person: PersonReply; apps: AppChoice[] }) {
  const words = createWords(locale, messages)
  const { t } = words
  const router = useRouter()
  const hydrated = useHydrated()
  const { mutate, isPending, error } = useMutation({ mutationFn: changePerson, onSuccess: () => router.refresh() })
  const code = errorCodeOf(error)
  return (
    <form
      method="post"
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault()
        mutate({ person: person.id, grants: grantsOfForm(new FormData(event.currentTarget)) })
      }}
    >
      <RoleFields key={JSON.stringify(person.grants)} id={person.id} grants={person.grants} apps={apps} words={words} />
      <p className="text-12 text-second">{t('people.roles.signsOut')}</p>
      <button type="submit" className="button max-sm:min-h-11" disabled={!hydrated || isPending}>
        {t(isPending ? 'people.roles.busy' : 'people.roles.save')}
      </button>
      <p role="alert" className="text-13 text-bad empty:hidden">
        {code && `${t(`errors.${code}.title`)}. ${t(`errors.${code}.detail`)}`}
      </p>
    </form>
  )
}
