'use client'
import { useMemo, useState } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type PageMessages } from '@/components/i18n/words'
import { useHydrated } from '@/components/ui/hydrated'
import { errorCodeOf } from '@/lib/browser/api'
import { removeApp } from '@/lib/browser/apps'
import type { AppReply } from '@/lib/contract/apps'
import type { ErrorCode } from '@/lib/contract/errors'

interface Props {
  app: AppReply
  locale: Locale
  messages: PageMessages
}

/** Offers to remove the demo. Its data is invented, so one press is enough. */
export function RemoveDemo({ app, locale, messages }: Props) {
  const { t } = useMemo(() => createWords(locale, messages), [locale, messages])
  const hydrated = useHydrated()
  const [state, setState] = useState<'open' | 'busy' | 'done'>('open')
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  async function remove() {
    setState('busy')
    setFailure(null)
    try {
      await removeApp(app.id, { confirm: String(app.sdkAppId), archive: 'erase' })
      setState('done')
    } catch (error) {
      setFailure(errorCodeOf(error))
      setState('open')
    }
  }
  return (
    <section className="card needs-script space-y-3 p-5 sm:p-6" aria-labelledby="remove-demo">
      <h2 id="remove-demo" className="text-16 font-semibold">
        {t('apps.demo.title')}
      </h2>
      <p role="status">{t(state === 'done' ? 'apps.demo.done' : 'apps.demo.detail')}</p>
      {state !== 'done' && (
        <button type="button" className="button" disabled={!hydrated || state === 'busy'} onClick={remove}>
          {t(state === 'busy' ? 'apps.demo.busy' : 'apps.demo.button')}
        </button>
      )}
      <p role="alert" className="text-13 text-bad empty:hidden">
        {failure && t(`errors.${failure}.title`)}
      </p>
    </section>
  )
}
