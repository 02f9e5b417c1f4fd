'use client'
import { useMemo, useState } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { NotRefreshed } from '@/components/ui/not-refreshed'
import { codeOf } from '@/lib/browser/api'
import { downloadCsv } from '@/lib/browser/download'
import type { ErrorCode } from '@/lib/contract/errors'

interface Props {
  app: string
  params: string
  label: string
  meaning: string
  locale: Locale
  messages: Partial<Messages>
}

/** What matches, as a table to keep. */
export function ExportButton({ app, params, label, meaning, locale, messages }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  const download = () =>
    downloadCsv(app, 'tasks', params).then(
      () => setFailure(null),
      (error) => setFailure(codeOf(error)),
    )
  return (
    <span className="needs-script no-print flex items-center gap-3 text-13">
      {failure && <NotRefreshed code={failure} words={words} />}
      <button type="button" className="button" title={meaning} onClick={download}>
        {label}
      </button>
    </span>
  )
}
