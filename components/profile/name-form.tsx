'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { createWords } from '@/components/i18n/words'
import { useHydrated } from '@/components/ui/hydrated'
import { errorCodeOf } from '@/lib/browser/api'
import { changeName } from '@/lib/browser/profile'
import type { Texts } from './texts'

/** Changes the name by which others see the person. */
export function NameForm({ name, locale, messages }: Texts & { name: string }) {
  const { t } = createWords(locale, messages)
  const router = useRouter()
  const hydrated = useHydrated()
  const { mutate, isPending, isSuccess, error, reset } = useMutation({
    mutationFn: changeName,
    onSuccess: () => router.refresh(),
  })
  const code = errorCodeOf(error)
  return (
    <form
      method="post"
      className="flex flex-wrap items-end gap-2"
      onChange={reset}
      onSubmit={(event) => {
        event.preventDefault()
        mutate(String(new FormData(event.currentTarget).get('name') ?? ''))
      }}
    >
      <label className="min-w-0 flex-1 basis-60 text-13 font-medium sm:max-w-80">
        {t('profile.name.label')}
        <input
          name="name"
          defaultValue={name}
          required
          maxLength={80}
          autoComplete="name"
          className="field mt-1 font-normal max-sm:min-h-11"
        />
      </label>
      <button type="submit" className="button min-h-9 max-sm:min-h-11" disabled={!hydrated || isPending}>
        {t('profile.name.save')}
      </button>
      <p role="status" className={`w-full text-13 empty:hidden ${code ? 'text-bad' : 'text-good'}`}>
        {code ? t(`errors.${code}.title`) : isSuccess && t('profile.name.saved')}
      </p>
    </form>
  )
}
