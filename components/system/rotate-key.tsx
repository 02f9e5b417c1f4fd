'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useMemo, useState } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { errorCodeOf } from '@/lib/browser/api'
import { rotateMasterKey } from '@/lib/browser/master-key'
import type { ErrorCode } from '@/lib/contract/errors'

interface Props {
  locale: Locale
  messages: Partial<Messages>
}

/** Replaces the master key, after a tick that backups from before need the old one. */
export function RotateKey({ locale, messages }: Props) {
  const { t } = useMemo(() => createWords(locale, messages), [locale, messages])
  const router = useRouter()
  const [state, setState] = useState<'idle' | 'busy' | 'done' | ErrorCode>('idle')
  const rotate = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    setState('busy')
    rotateMasterKey().then(
      () => {
        setState('done')
        form.reset()
        router.refresh()
      },
      (error) => setState(errorCodeOf(error) ?? 'internal'),
    )
  }
  const failed = state !== 'idle' && state !== 'busy' && state !== 'done'
  return (
    <form onSubmit={rotate} className="needs-script no-print space-y-3">
      <label className="flex min-h-6 max-w-[78ch] items-start gap-2 text-13">
        <input type="checkbox" required className="mt-1 accent-accent" />
        {t('system.masterKey.confirm')}
      </label>
      <div className="flex flex-wrap items-center gap-3">
        <button type="submit" className="button" disabled={state === 'busy'}>
          {t(state === 'busy' ? 'system.masterKey.busy' : 'system.masterKey.rotate')}
        </button>
        <p role="status" className={`text-13 ${failed ? 'text-bad' : 'text-second'}`}>
          {state === 'done' && t('system.masterKey.done')}
          {failed && t(`errors.${state}.title`)}
        </p>
      </div>
    </form>
  )
}
