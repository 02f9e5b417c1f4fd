import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import type { Words } from '@/components/i18n/words'
import { useHydrated } from '@/components/ui/hydrated'
import { errorCodeOf } from '@/lib/browser/api'
import { removeBackup } from '@/lib/browser/backups'
import type { ErrorCode } from '@/lib/contract/errors'

/** Deletes a backup after a second press, because it can't be undone. */
export function DeleteBackup({ name, words: { t } }: { name: string; words: Words }) {
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
        aria-label={t('system.backups.deleteLabel', { name })}
        onClick={() => setStep('asking')}
      >
        {t('system.backups.delete')}
      </button>
    )
  }
  const remove = () => {
    setStep('busy')
    setFailure(null)
    removeBackup(name).then(
      () => router.refresh(),
      (error) => {
        setFailure(errorCodeOf(error) ?? 'internal')
        setStep('asking')
      },
    )
  }
  return (
    <span className="flex flex-wrap items-center gap-2">
      <span>{t('system.backups.meaning')}</span>
      <button
        type="button"
        className="button border-bad text-bad max-sm:min-h-11"
        disabled={step === 'busy'}
        onClick={remove}
      >
        {t(step === 'busy' ? 'system.backups.deleting' : 'system.backups.confirm')}
      </button>
      <button ref={keep} type="button" className="button max-sm:min-h-11" onClick={() => setStep('closed')}>
        {t('system.backups.keep')}
      </button>
      <span role="alert" className="text-bad empty:hidden">
        {failure && t(`errors.${failure}.title`)}
      </span>
    </span>
  )
}
