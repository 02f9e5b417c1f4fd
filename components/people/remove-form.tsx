'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { createWords } from '@/components/i18n/words'
import { useHydrated } from '@/components/ui/hydrated'
import { errorCodeOf, errorFieldOf } from '@/lib/browser/api'
import { removePerson } from '@/lib/browser/people'
import type { PersonReply } from '@/lib/contract/access/people'
import type { Texts } from './texts'

/** Removes a person, after their address was typed. */
export function RemoveForm({ person, locale, messages }: Texts & { person: PersonReply }) {
  const { t } = createWords(locale, messages)
  const router = useRouter()
  const hydrated = useHydrated()
  const { mutate, isPending, error } = useMutation({ mutationFn: removePerson, onSuccess: () => router.refresh() })
  const code = errorCodeOf(error)
  const differs = errorFieldOf(error) === 'confirm'
  return (
    <form
      method="post"
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault()
        const form = new FormData(event.currentTarget)
        const confirm = String(form.get('confirm') ?? '')
        mutate({ person: person.id, confirm, revokeTokens: form.get('tokens') === 'on' })
      }}
    >
      <p className="max-w-[78ch] text-13 text-second">{t('people.remove.meaning')}</p>
      {person.shares > 0 && <p className="max-w-[78ch] text-13">{t('people.remove.shares', { n: person.shares })}</p>}
      {person.tokens > 0 && (
        <label className="flex min-h-6 items-center gap-2 text-13">
          <input type="checkbox" name="tokens" className="accent-accent" defaultChecked />
          {t('people.access.tokens', { n: person.tokens })}
        </label>
      )}
      <label className="block text-13 font-medium sm:max-w-80">
        {t('people.remove.confirm', { email: person.email })}
        <input
          name="confirm"
          type="email"
          required
          maxLength={254}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={differs || undefined}
          className="field mt-1 font-normal max-sm:min-h-11"
        />
      </label>
      <button type="submit" className="button border-bad text-bad max-sm:min-h-11" disabled={!hydrated || isPending}>
        {t(isPending ? 'people.remove.busy' : 'people.remove.submit')}
      </button>
      <p role="alert" className="text-13 text-bad empty:hidden">
        {differs ? t('people.remove.differ') : code && `${t(`errors.${code}.title`)}. ${t(`errors.${code}.detail`)}`}
      </p>
    </form>
  )
}
