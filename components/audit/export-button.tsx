'use client'
import { useMemo, useState } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { createWords, type Messages } from '@/components/i18n/words'
import { NotRefreshed } from '@/components/ui/not-refreshed'
import { errorCodeOf } from '@/lib/browser/api'
import { save } from '@/lib/browser/download'
import type { ErrorCode } from '@/lib/contract/errors'

interface Props {
  /** The address of the list. */
  href: string
  /** The name of the file. */
  name: string
  label: string
  title: string
  locale: Locale
  messages: Partial<Messages>
}

/** Saves a list as a CSV file. */
export function ExportButton({ href, name, label, title, locale, messages }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  const download = () =>
    save(href, { headers: { accept: 'text/csv' } }, name).then(
      () => setFailure(null),
      (error) => setFailure(errorCodeOf(error)),
    )
  return (
    <span className="needs-script no-print flex items-center gap-3 text-13">
      {failure && <NotRefreshed code={failure} words={words} />}
      <button type="button" className="button" title={title} onClick={download}>
        {label}
      </button>
    </span>
  )
}
