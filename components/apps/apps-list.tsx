'use client'
import { useRouter } from 'next/navigation'
import { useMemo, useState, useTransition } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type PageMessages } from '@/components/i18n/words'
import { errorCodeOf } from '@/lib/browser/api'
import { changeApp } from '@/lib/browser/apps'
import type { AppReply } from '@/lib/contract/apps'
import type { AppChangeBody } from '@/lib/contract/apps/manage'
import type { ErrorCode } from '@/lib/contract/errors'
import { AppRow } from './app-row'

interface Props {
  apps: AppReply[]
  locale: Locale
  messages: PageMessages
}

/** The apps in the order that everybody sees, with buttons that change it and that pause collecting. */
export function AppsList({ apps, locale, messages }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const { t } = words
  const router = useRouter()
  const [isPending, begin] = useTransition()
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  const change = (id: string, changes: AppChangeBody) =>
    begin(async () => {
      setFailure(null)
      await changeApp(id, changes).catch((error: unknown) => setFailure(errorCodeOf(error)))
      router.refresh()
    })
  const connected = apps.filter(({ settings }) => !settings?.draft)
  return (
    <>
      <ul className="card divide-y divide-line" aria-label={t('apps.list.label')}>
        {apps.map((app) => (
          <AppRow
            key={app.id}
            app={app}
            place={connected.indexOf(app) + 1}
            places={connected.length}
            isPending={isPending}
            change={(changes) => change(app.id, changes)}
            words={words}
          />
        ))}
      </ul>
      <p role="alert" className="mt-2 text-13 text-bad empty:hidden">
        {failure && t(`errors.${failure}.title`)}
      </p>
    </>
  )
}
