'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { useHydrated } from '@/components/ui/hydrated'
import { errorCodeOf } from '@/lib/browser/api'
import { revokeToken } from '@/lib/browser/tokens'
import type { ErrorCode } from '@/lib/contract/errors'

interface Props {
  id: string
  name: string
  locale: Locale
  messages: Partial<Messages>
}

/** Revokes a token after a second press, because it can't be undone. */
export function RevokeToken({ id, name, locale, messages }: Props) {
  const { t } = useMemo(() => createWords(locale, messages), [locale, messages])
  const router = useRouter()
  const hydrated = useHydrated()
  const [step, setStep] = useState<'closed' | 'asking' | 'busy'>('closed')
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  const keep = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (step === 'asking') keep.current?.focus()
  }, [step])
  if (step === 'closed') {
    return (
      <button
        type="button"
        className="button needs-script max-sm:min-h-11"
        disabled={!hydrated}
        aria-label={t('tokens.revoke.label', { name })}
        onClick={() => setStep('asking')}
      >
        {t('tokens.revoke.open')}
      </button>
    )
  }
  const revoke = async () => {
    setStep('busy')
    setFailure(null)
    try {
      await revokeToken(id)
      router.refresh()
    } catch (error) {
      setFailure(errorCodeOf(error))
      setStep('asking')
    }
  }
  return (
    <div className="space-y-2 text-start md:max-w-64">
      <p>{t('tokens.revoke.meaning')}</p>
      <div className="flex flex-wrap gap-2">
        <button
          type="button"
          className="button border-bad text-bad max-sm:min-h-11"
          disabled={step === 'busy'}
          onClick={revoke}
        >
          {t(step === 'busy' ? 'tokens.revoke.busy' : 'tokens.revoke.confirm')}
        </button>
        <button ref={keep} type="button" className="button max-sm:min-h-11" onClick={() => setStep('closed')}>
          {t('tokens.revoke.cancel')}
        </button>
      </div>
      <p role="alert" className="text-bad empty:hidden">
        {failure && t(`errors.${failure}.title`)}
      </p>
    </div>
  )
}
