'use client'
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type PageMessages, type Words } from '@/components/i18n/words'
import { useHydrated } from '@/components/ui/hydrated'
import { Notice } from '@/components/ui/notice'
import { ApiError, errorCodeOf } from '@/lib/browser/api'
import { checkCredentials } from '@/lib/browser/apps'
import type { AppReply } from '@/lib/contract/apps'
import type { CheckReply } from '@/lib/contract/apps/check'
import type { ErrorCode } from '@/lib/contract/errors'
import { connectHref } from '@/lib/contract/links'
import { answerTo, problemsOf, resultOf } from './answers'
import { CheckResult } from './check-result'
import { AppFields } from './fields'
import { RangeForm } from './range-form'
import { Steps } from './steps'
import { storeDraft } from './store-draft'

interface Props {
  draft: AppReply | null
  locale: Locale
  messages: PageMessages
}
interface Failure {
  code: ErrorCode
  field: string | null
}
interface Checked {
  check: CheckReply
  typedKey: string
}

/** Connects an app: its details, a check of every endpoint, and how far back to collect. */
export function Connect({ draft: begun, locale, messages }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const { t } = words
  const hydrated = useHydrated()
  const [draft, setDraft] = useState(begun)
  const [isBusy, setBusy] = useState(false)
  const [checked, setChecked] = useState<Checked | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isAccepted, setAccepted] = useState(false)
  const result = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (checked || failure) result.current?.focus()
  }, [checked, failure])

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const fields = Object.fromEntries([...new FormData(event.currentTarget)].map(([k, v]) => [k, String(v).trim()]))
    setBusy(true)
    setChecked(null)
    setFailure(null)
    try {
      const stored = await storeDraft(draft, fields)
      setDraft(stored)
      // A reload goes on with the same app.
      history.replaceState(null, '', connectHref(stored.id))
      const check = await checkCredentials(stored.id, {})
      setChecked({ check, typedKey: fields.secretKey ?? '' })
      setAccepted(resultOf(check) === 'ready')
    } catch (error) {
      const field = error instanceof ApiError ? (error.field ?? null) : null
      setFailure({ code: errorCodeOf(error) ?? 'internal', field })
    }
    setBusy(false)
  }

  const problems = checked ? problemsOf(checked.check) : []
  const fault = failure?.field ?? problems.flatMap((problem) => answerTo(problem)?.field ?? [])[0] ?? null
  return (
    <div className="space-y-5">
      <Steps current={isAccepted ? 'range' : isBusy || checked ? 'check' : 'details'} words={words} />
      {isAccepted && checked && draft ? (
        <div ref={result} tabIndex={-1} className="space-y-6 outline-none">
          <CheckResult {...checked} words={words}>
            <button type="button" className="button mt-3" onClick={() => setAccepted(false)}>
              {t('apps.connecting.correct')}
            </button>
          </CheckResult>
          <RangeForm app={draft.id} words={words} />
        </div>
      ) : (
        <form method="post" className="needs-script space-y-4" onSubmit={submit} aria-busy={isBusy}>
          <AppFields app={begun} fault={fault} words={words} />
          <div ref={result} tabIndex={-1} className="space-y-3 outline-none empty:hidden">
            {failure && <FailureNotice failure={failure} words={words} />}
            {checked && (
              <CheckResult {...checked} words={words}>
                {resultOf(checked.check) === 'partly' && (
                  <button type="button" className="button mt-3" onClick={() => setAccepted(true)}>
                    {t('apps.connecting.anyway')}
                  </button>
                )}
              </CheckResult>
            )}
          </div>
          <button type="submit" className="button min-h-10" data-kind="main" disabled={!hydrated || isBusy}>
            {t(isBusy ? 'apps.connecting.busy' : checked ? 'apps.connecting.again' : 'apps.connecting.submit')}
          </button>
          <p role="status" className="text-13 text-second empty:hidden">
            {isBusy && t('apps.connecting.checking')}
          </p>
        </form>
      )}
    </div>
  )
}

function FailureNotice({ failure: { code, field }, words: { t, has } }: { failure: Failure; words: Words }) {
  if (code === 'conflict' && field === 'sdkAppId') {
    return (
      <Notice kind="bad" title={t('apps.connecting.taken')}>
        <p>{t('apps.connecting.takenDetail')}</p>
      </Notice>
    )
  }
  const name = `apps.field.${field}`
  const title =
    field !== null && has(name)
      ? t('apps.connecting.invalid', { field: t(name as 'apps.field.name') })
      : t(`errors.${code}.title`)
  return (
    <Notice kind="bad" title={title}>
      <p>{t(`errors.${code}.detail`)}</p>
    </Notice>
  )
}
