'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useMemo, useState } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { useHydrated } from '@/components/ui/hydrated'
import { errorCodeOf } from '@/lib/browser/api'
import { revokeShares } from '@/lib/browser/shares'
import type { ErrorCode } from '@/lib/contract/errors'
import type { ShareOwnersReply } from '@/lib/contract/shares/share'

interface Props {
  app: string
  owners: ShareOwnersReply['items']
  locale: Locale
  messages: Partial<Messages>
}

/** Revokes all links of the app, or all of one person, after a word has been typed: it can't be undone. */
export function RevokeAll({ app, owners, locale, messages }: Props) {
  const { t } = useMemo(() => createWords(locale, messages), [locale, messages])
  const router = useRouter()
  const hydrated = useHydrated()
  const [owner, setOwner] = useState('')
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [revoked, setRevoked] = useState<number | null>(null)
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  const word = t('shares.all.word')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setFailure(null)
    try {
      setRevoked((await revokeShares(app, owner === '' ? null : owner)).revoked)
      setTyped('')
      router.refresh()
    } catch (error) {
      setFailure(errorCodeOf(error))
    }
    setBusy(false)
  }
  return (
    <details className="card needs-script">
      <summary className="flex min-h-11 items-center px-5 py-3 font-medium max-sm:px-4">
        {t('shares.all.title')}
      </summary>
      <form method="post" className="flex flex-wrap items-end gap-3 px-5 pb-5 max-sm:px-4" onSubmit={submit}>
        <p className="w-full text-second">{t('shares.all.lead')}</p>
        <label className="block text-13 font-medium">
          {t('shares.all.whose')}
          <select
            className="field mt-1 w-auto font-normal"
            value={owner}
            onChange={(event) => setOwner(event.target.value)}
          >
            <option value="">{t('shares.all.everyone')}</option>
            {owners.map(({ id, name, shares }) => (
              <option key={id} value={id}>
                {t('shares.all.person', { name, n: shares })}
              </option>
            ))}
          </select>
        </label>
        <label className="block text-13 font-medium">
          {t('shares.all.type', { word })}
          <input
            className="field mt-1 font-normal"
            value={typed}
            autoComplete="off"
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <button
          type="submit"
          className="button min-h-9"
          disabled={!hydrated || busy || typed.trim().toLowerCase() !== word}
        >
          {t('shares.all.submit')}
        </button>
        <p role="status" className="text-13">
          {revoked !== null && t('shares.all.done', { n: revoked })}
          {failure && t('shares.action.failed', { why: t(`errors.${failure}.title`) })}
        </p>
      </form>
    </details>
  )
}
