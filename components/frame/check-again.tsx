'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import type { Words } from '@/components/i18n/words'
import { errorCodeOf } from '@/lib/browser/api'
import { checkApp } from '@/lib/browser/check'

/** Sends one request per endpoint after an administrator has fixed the cause, then reloads the page. */
export function CheckAgain({ app, words: { t } }: { app: string; words: Words }) {
  const cache = useQueryClient()
  const router = useRouter()
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: () => checkApp(app),
    onSettled: () => {
      router.refresh()
      return cache.invalidateQueries()
    },
  })
  const code = errorCodeOf(error)
  return (
    <div className="space-y-1">
      <button type="button" className="button" disabled={isPending} onClick={() => mutate()}>
        {t(isPending ? 'common.check.busy' : 'common.check.again')}
      </button>
      <p role="status" className="text-13 text-second">
        {code ? t(`errors.${code}.title`) : data && resultText(data.endpoints)}
      </p>
    </div>
  )

  function resultText(endpoints: { ok: boolean | null }[]): string {
    return t('common.check.said', { ok: endpoints.filter(({ ok }) => ok).length, all: endpoints.length })
  }
}
